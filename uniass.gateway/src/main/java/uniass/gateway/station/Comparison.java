/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.io.AtomicFile;
import uniass.io.Outputs;

/**
 * How the verdicts of two models on the same images compare: how often each pair of verdicts came,
 * and the last pairs of scores. It is kept in a file, to which pairs are appended. Thread-safe.
 */
public final class Comparison {

  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

  /** So many pairs are kept; the counts are of all. */
  private static final int MOST = 1000;

  private static final Gson GSON = new Gson();

  private final String model;
  private final Path file;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Deque<Pair> pairs = new ArrayDeque<>();
  private long skipped;
  private int lines;
  private boolean failing;

  /**
   * What two models said of an image.
   *
   * @param id the result's
   * @param score that of the model in use
   * @param verdict its verdict
   * @param shadowScore that of the other model
   * @param shadowVerdict its verdict
   */
  public record Pair(
      String id, double score, String verdict, double shadowScore, String shadowVerdict) {

    /** Whether the verdicts are equal. */
    public boolean agrees() {
      return verdict.equals(shadowVerdict);
    }
  }

  /** The beginning of the file: of which model it is, and what was counted before its pairs. */
  private record Head(String model, Map<String, Long> counts, long skipped) {}

  /**
   * Goes on with what an earlier process wrote of the same model, or begins.
   *
   * @param model the other model's reference
   */
  Comparison(String model, Path file) {
    this.model = model;
    this.file = file;
    Outputs.makeFolder(file.toAbsolutePath().getParent());
    read();
    rewrite();
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      List<String> all = List.of(Files.readString(file).split("\n"));
      Head head = GSON.fromJson(all.get(0), Head.class);
      if (head == null || !model.equals(head.model())) {
        return;
      }
      counts.putAll(head.counts());
      skipped = head.skipped();
      for (String line : all.subList(1, all.size())) {
        Pair pair = GSON.fromJson(line, Pair.class);
        boolean counted = pair.id().startsWith("=");
        count(counted ? pair(pair, pair.id().substring(1)) : pair, counted);
      }
    } catch (IOException | JsonParseException | NullPointerException e) {
      LOG.debug("{}: the last line was cut off", file, e);
    }
  }

  private static Pair pair(Pair pair, String id) {
    return new Pair(id, pair.score(), pair.verdict(), pair.shadowScore(), pair.shadowVerdict());
  }

  private void count(Pair pair, boolean counted) {
    if (!counted) {
      counts.merge(pair.verdict() + "/" + pair.shadowVerdict(), 1L, Long::sum);
    }
    pairs.add(pair);
    if (pairs.size() > MOST) {
      pairs.remove();
    }
  }

  /** Pairs that the head has counted have '=' before their id. */
  private void rewrite() {
    StringBuilder text = new StringBuilder(GSON.toJson(new Head(model, counts, skipped)) + "\n");
    pairs.forEach(pair -> text.append(GSON.toJson(pair(pair, "=" + pair.id()))).append('\n'));
    try {
      AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (UniassException e) {
      said(e.getMessage());
    }
    lines = 0;
  }

  private void said(String why) {
    if (!failing) {
      LOG.warn("The comparison of models will not survive a restart: {}", why);
    }
    failing = true;
  }

  synchronized void add(Pair pair) {
    count(pair, false);
    try {
      Files.writeString(
          file, GSON.toJson(pair) + "\n", StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    } catch (IOException e) {
      said(Outputs.reason(e));
    }
    if (++lines >= MOST) {
      rewrite();
    }
  }

  synchronized void skip() {
    skipped++;
  }

  /** The other model's reference. */
  public String model() {
    return model;
  }

  /** How often each pair of verdicts came, as {@code normal/anomalous}: the model in use first. */
  public synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** Images that the other model did not see, because the one in use needed the time. */
  public synchronized long skipped() {
    return skipped;
  }

  /** The last pairs, the oldest first. */
  public synchronized List<Pair> pairs() {
    return new ArrayList<>(pairs);
  }
}
