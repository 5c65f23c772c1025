/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One side of a comparison: a process that does its work once whenever it is asked to. */
final class Side implements AutoCloseable {

  /** How the C library's allocator is set up. */
  enum Allocator {
    /** As it is. */
    DEFAULT(Map.of()),
    /** As the launcher sets it for training. */
    TRAINING(
        Map.of(
            "MALLOC_TRIM_THRESHOLD_", "100000000000",
            "MALLOC_TOP_PAD_", "500000000",
            "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
            "MALLOC_MMAP_THRESHOLD_", "33554432")),
    /** As the launcher sets it for predict and evaluate. */
    PREDICTION(
        Map.of(
            "MALLOC_TRIM_THRESHOLD_", "100000000000",
            "MALLOC_TOP_PAD_", "500000000",
            "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
            "MALLOC_MMAP_MAX_", "0",
            "MALLOC_ARENA_MAX", "1"));

    private final Map<String, String> variables;

    Allocator(Map<String, String> variables) {
      this.variables = variables;
    }
  }

  private final Process process;
  private final BufferedReader answers;
  private final List<Double> wall = new ArrayList<>();
  private final List<Double> processor = new ArrayList<>();
  private final Map<String, List<Double>> parts = new TreeMap<>();
  private long peakKilobytes;

  /** Starts a side and waits until it has warmed up. */
  Side(List<String> command, Allocator allocator) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    for (Allocator other : Allocator.values()) {
      environment.keySet().removeAll(other.variables.keySet());
    }
    environment.putAll(allocator.variables);
    process = builder.start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(answers.readLine())) {
      throw new IOException(String.join(" ", command) + " did not become ready");
    }
  }

  /** Lets it work once. */
  void once() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("a side of the comparison ended; what it said is above");
    }
    String[] words = answer.split(" ");
    wall.add(Double.parseDouble(words[0]));
    processor.add(Double.parseDouble(words[1]));
    for (int i = 2; i < words.length; i++) {
      String[] part = words[i].split("=");
      parts.computeIfAbsent(part[0], k -> new ArrayList<>()).add(Double.parseDouble(part[1]));
    }
  }

  /** Seconds by the clock, median. */
  double wall() {
    return Times.median(wall);
  }

  /** How many times as fast as another side, median of the rounds: each round is one load. */
  double faster(Side other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < wall.size(); i++) {
      ratios.add(other.wall.get(i) / wall.get(i));
    }
    return Times.median(ratios);
  }

  /** Processor seconds of all threads, median. */
  double processor() {
    return Times.median(processor);
  }

  /** Seconds of each part, medians. */
  Map<String, Double> parts() {
    Map<String, Double> medians = new TreeMap<>();
    parts.forEach((part, seconds) -> medians.put(part, Times.median(seconds)));
    return medians;
  }

  /** Peak of resident memory, known once closed. */
  long peakMegabytes() {
    return peakKilobytes / 1024;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      String last = answers.readLine();
      peakKilobytes = last == null ? 0 : Long.parseLong(last.replaceAll("\\D", ""));
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
