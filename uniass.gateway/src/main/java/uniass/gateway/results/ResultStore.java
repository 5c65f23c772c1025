/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import uniass.api.data.Images;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.Results;
import uniass.gateway.VerdictSink;
import uniass.gateway.config.Declarations;
import uniass.gateway.config.GatewayConfig;
import uniass.gateway.config.GatewaySettings;
import uniass.gateway.results.EvidenceStore.Kept;
import uniass.io.Outputs;

/**
 * Holds the last results, and hands new ones to the sinks. With a folder for state, results, what
 * they were found in and what people said of them survive the process.
 */
@Component(service = {Results.class, ResultStore.class})
public final class ResultStore implements Results {

  private static final long SYNC_MILLIS = 1000;

  private final Images images;
  private final Optional<Path> state;
  private final Ids ids;
  private final int mostResults;
  private final NavigableMap<String, InspectionResult> results = new TreeMap<>();
  private final NavigableMap<String, Feedback> feedback = new TreeMap<>();
  private final Optional<ResultLog> log;
  private final EvidenceStore evidence;

  /** Results that somebody judged, with what they were found in; null if nothing is kept. */
  private final EvidenceFolder judged;

  /** The same of results that two models disagree about. */
  private final EvidenceFolder disagreed;

  private final Sinks sinks;
  private final ScheduledExecutorService syncing =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "uniass-results");
            thread.setDaemon(true);
            return thread;
          });
  private boolean closed;

  /** Creates the component. */
  @Activate
  public ResultStore(
      @Reference Images images,
      @Reference GatewaySettings settings,
      @Reference Declarations declarations) {
    GatewayConfig config = settings.config();
    this.images = images;
    this.state = config.state().isBlank() ? Optional.empty() : Optional.of(Path.of(config.state()));
    state.ifPresent(Outputs::makeFolder);
    this.sinks = new Sinks(state, this::evidence, declarations);
    this.ids = new Ids(state.map(folder -> folder.resolve("next-id")));
    this.mostResults = config.results();
    long disk = (long) config.disk() << 20;
    this.log = state.map(folder -> new ResultLog(folder.resolve("results.jsonl")));
    this.evidence =
        state
            .<EvidenceStore>map(folder -> new EvidenceFolder(folder.resolve("images"), disk))
            .orElseGet(() -> new EvidenceInMemory((long) config.evidence() << 20));
    this.judged =
        state.map(folder -> new EvidenceFolder(folder.resolve("judged"), disk)).orElse(null);
    this.disagreed =
        state.map(folder -> new EvidenceFolder(folder.resolve("disagreed"), disk)).orElse(null);
    log.ifPresent(this::restore);
  }

  private void restore(ResultLog from) {
    from.replay(
        result -> {
          results.put(result.id(), result);
          forgetOldest();
        },
        feedback::put);
    feedback.keySet().removeIf(id -> !results.containsKey(id) && !judged.holds(id));
    from.rewrite(List.copyOf(results.values()), feedback);
    syncing.scheduleWithFixedDelay(from::sync, SYNC_MILLIS, SYNC_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Adds a sink, which results are delivered to from now on. */
  @Reference(
      service = VerdictSink.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void addSink(ComponentServiceObjects<VerdictSink> sink) {
    sinks.add(sink);
  }

  /** Takes one away. */
  public void removeSink(ComponentServiceObjects<VerdictSink> sink) {
    sinks.remove(sink.getServiceReference());
  }

  /** Wakes those who wait for results. */
  @Deactivate
  public void close() {
    syncing.shutdownNow();
    synchronized (this) {
      closed = true;
      log.ifPresent(ResultLog::close);
      notifyAll();
    }
    sinks.close();
  }

  /**
   * Gives a result its id, keeps it and hands it to the sinks.
   *
   * @param withId makes the result; later results get larger ids
   * @param seen what it was found in, to be kept for a while; empty if not wanted
   */
  public synchronized InspectionResult publish(
      Function<String, InspectionResult> withId, Optional<Seen> seen) {
    InspectionResult result = withId.apply(ids.next());
    seen.ifPresent(s -> evidence.keep(result, s));
    results.put(result.id(), result);
    log.ifPresent(to -> to.add(result));
    forgetOldest();
    log.filter(to -> to.lines() > 2 * mostResults)
        .ifPresent(to -> to.rewrite(List.copyOf(results.values()), feedback));
    sinks.deliver(result);
    notifyAll();
    return result;
  }

  private void forgetOldest() {
    while (results.size() > mostResults) {
      String id = results.firstKey();
      results.remove(id);
      evidence.forget(id);
      if (judged == null || !judged.holds(id)) {
        feedback.remove(id);
      }
    }
  }

  @Override
  public synchronized List<InspectionResult> after(String id, int most) {
    return results.tailMap(id, false).values().stream().limit(most).toList();
  }

  /**
   * Waits for results that come after another one.
   *
   * @return none if there are none in time, or if the gateway stops
   */
  public synchronized List<InspectionResult> awaitAfter(String id, long millis)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    List<InspectionResult> found = after(id, mostResults);
    for (long left = millis; found.isEmpty() && left > 0 && !closed; ) {
      wait(left);
      found = after(id, mostResults);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return found;
  }

  /** Whether the gateway stops. */
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized List<InspectionResult> latest(int most) {
    List<InspectionResult> latest = new ArrayList<>();
    for (InspectionResult result : results.descendingMap().values()) {
      if (latest.size() == most) {
        break;
      }
      latest.add(0, result);
    }
    return latest;
  }

  @Override
  public synchronized Optional<InspectionResult> find(String id) {
    return Optional.ofNullable(results.get(id)).or(() -> kept(id).map(Kept::result));
  }

  private Optional<Kept> kept(String id) {
    return Stream.of(evidence, judged, disagreed)
        .filter(Objects::nonNull)
        .flatMap(kept -> kept.find(id).stream())
        .findFirst();
  }

  @Override
  public synchronized Optional<Evidence> evidence(String id) {
    return kept(id).map(kept -> new StoredEvidence(images, kept));
  }

  @Override
  public synchronized Optional<Feedback> feedback(String id) {
    return Optional.ofNullable(feedback.get(id));
  }

  @Override
  public synchronized boolean judge(String id, Feedback said) {
    if (find(id).isEmpty()) {
      return false;
    }
    feedback.put(id, said);
    if (judged != null) {
      evidence.find(id).ifPresent(kept -> judged.keep(kept.result(), kept.seen()));
    }
    log.ifPresent(to -> to.add(id, said));
    return true;
  }

  /** Keeps a result, and what it was found in, because two models disagree about it. */
  public synchronized void disagreed(InspectionResult result, Seen seen) {
    if (disagreed != null) {
      disagreed.keep(result, seen);
    }
  }

  /** Results of a station of which somebody said the same, the newest first. */
  public synchronized List<InspectionResult> judged(String station, Feedback said, int most) {
    return feedback.descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue() == said)
        .flatMap(entry -> find(entry.getKey()).stream())
        .filter(result -> result.station().equals(station))
        .limit(most)
        .toList();
  }

  /** Why results are not written to the disk; empty if they are, or are not meant to be. */
  public Optional<String> failure() {
    return log.flatMap(ResultLog::failure);
  }

  /** How the sinks do. */
  public List<SinkStatus> sinks() {
    return sinks.list();
  }
}
