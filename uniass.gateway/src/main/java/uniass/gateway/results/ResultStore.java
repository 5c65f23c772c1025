/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
import uniass.gateway.config.GatewayConfig;
import uniass.io.Outputs;

/** Holds the last results in memory, and hands new ones to the sinks. */
@Component(
    service = {Results.class, ResultStore.class},
    configurationPid = "uniass.gateway")
public final class ResultStore implements Results {

  private final Images images;
  private final Optional<Path> state;
  private final Ids ids;
  private final int mostResults;
  private final long mostBytes;
  private final NavigableMap<String, InspectionResult> results = new TreeMap<>();
  private final Map<String, StoredEvidence> evidence = new LinkedHashMap<>();
  private final Map<String, Feedback> feedback = new LinkedHashMap<>();
  private final Map<VerdictSink, Delivery> deliveries = new ConcurrentHashMap<>();
  private long bytes;
  private boolean closed;

  /** Creates the component. */
  @Activate
  public ResultStore(@Reference Images images, GatewayConfig config) {
    this.images = images;
    this.state = config.state().isBlank() ? Optional.empty() : Optional.of(Path.of(config.state()));
    state.ifPresent(Outputs::makeFolder);
    this.ids = new Ids(state.map(folder -> folder.resolve("next-id")));
    this.mostResults = config.results();
    this.mostBytes = (long) config.evidence() << 20;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSink(VerdictSink sink, Map<String, Object> properties) {
    String name =
        String.valueOf(properties.getOrDefault(VerdictSink.NAME, sink.getClass().getSimpleName()));
    Set<String> stations =
        properties.get(VerdictSink.STATIONS) instanceof String[] names ? Set.of(names) : Set.of();
    Optional<Path> folder =
        state.map(
            root -> root.resolve("sinks").resolve(name.replaceAll("[^A-Za-z0-9._-]|^\\.", "_")));
    deliveries.put(sink, new Delivery(name, sink, stations, new Spool(folder), this::evidence));
  }

  void removeSink(VerdictSink sink) {
    Delivery delivery = deliveries.remove(sink);
    if (delivery != null) {
      delivery.close();
    }
  }

  /** Wakes those who wait for results. */
  @Deactivate
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    List.copyOf(deliveries.keySet()).forEach(this::removeSink);
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
    seen.ifPresent(
        s ->
            keep(
                result.id(),
                new StoredEvidence(images, s.name(), s.image(), s.map(), result.threshold())));
    results.put(result.id(), result);
    while (results.size() > mostResults) {
      forget(results.firstKey());
    }
    deliveries.values().forEach(delivery -> delivery.add(result));
    notifyAll();
    return result;
  }

  private void keep(String id, StoredEvidence seen) {
    evidence.put(id, seen);
    bytes += seen.size();
    while (bytes > mostBytes) {
      forgetEvidence(evidence.keySet().iterator().next());
    }
  }

  private void forget(String id) {
    results.remove(id);
    feedback.remove(id);
    forgetEvidence(id);
  }

  private void forgetEvidence(String id) {
    StoredEvidence gone = evidence.remove(id);
    if (gone != null) {
      bytes -= gone.size();
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
    return Optional.ofNullable(results.get(id));
  }

  @Override
  public synchronized Optional<Evidence> evidence(String id) {
    return Optional.ofNullable(evidence.get(id));
  }

  @Override
  public synchronized Optional<Feedback> feedback(String id) {
    return Optional.ofNullable(feedback.get(id));
  }

  @Override
  public synchronized boolean judge(String id, Feedback said) {
    if (!results.containsKey(id)) {
      return false;
    }
    feedback.put(id, said);
    return true;
  }

  /** How the sinks do. */
  public List<SinkStatus> sinks() {
    return deliveries.values().stream().map(Delivery::status).toList();
  }
}
