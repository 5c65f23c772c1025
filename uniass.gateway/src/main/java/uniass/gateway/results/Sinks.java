/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;
import uniass.gateway.config.Declarations;

/** The sinks that are there, and those that are configured but cannot be made. */
final class Sinks {

  private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);

  private final Optional<Path> state;
  private final Function<String, Optional<Evidence>> evidence;
  private final Declarations declarations;
  private final Map<ServiceReference<?>, Sink> sinks = new ConcurrentHashMap<>();

  /** What a service became. */
  private interface Sink {
    SinkStatus status();

    default void add(InspectionResult result) {}

    default void close() {}
  }

  /** One that is delivered to. */
  private record Working(
      ComponentServiceObjects<VerdictSink> service, VerdictSink sink, Delivery delivery)
      implements Sink {

    @Override
    public SinkStatus status() {
      return delivery.status();
    }

    @Override
    public void add(InspectionResult result) {
      delivery.add(result);
    }

    @Override
    public void close() {
      delivery.close();
      service.ungetService(sink);
    }
  }

  /** One that was not made. */
  private record Unusable(SinkStatus status) implements Sink {}

  /**
   * Begins without any.
   *
   * @param state where results wait that must survive a restart
   * @param evidence finds what was seen, by a result's id
   */
  Sinks(
      Optional<Path> state,
      Function<String, Optional<Evidence>> evidence,
      Declarations declarations) {
    this.state = state;
    this.evidence = evidence;
    this.declarations = declarations;
  }

  /** Adds a sink, unless its configuration lacks something: then it is not even made. */
  void add(ComponentServiceObjects<VerdictSink> service) {
    ServiceReference<VerdictSink> reference = service.getServiceReference();
    Optional<String> missing = declarations.missing(reference);
    VerdictSink sink = missing.isEmpty() ? service.getService() : null;
    String name =
        reference.getProperty(VerdictSink.NAME) instanceof String given && !given.isBlank()
            ? given
            : sink == null ? Declarations.name(reference) : sink.getClass().getSimpleName();
    if (sink == null) {
      String why = missing.orElse("it cannot be made; the log says why");
      LOG.error("Sink '{}': {}", name, why);
      sinks.put(reference, new Unusable(new SinkStatus(name, Set.of(), 0, 0, 0, why)));
      return;
    }
    Set<String> stations =
        reference.getProperty(VerdictSink.STATIONS) instanceof String[] names
            ? Set.of(names)
            : Set.of();
    Optional<Path> folder =
        state.map(
            root -> root.resolve("sinks").resolve(name.replaceAll("[^A-Za-z0-9._-]|^\\.", "_")));
    Delivery delivery = new Delivery(name, sink, stations, new Spool(folder), evidence);
    sinks.put(reference, new Working(service, sink, delivery));
  }

  void remove(ServiceReference<VerdictSink> reference) {
    Sink sink = sinks.remove(reference);
    if (sink != null) {
      sink.close();
    }
  }

  void deliver(InspectionResult result) {
    sinks.values().forEach(sink -> sink.add(result));
  }

  /** How they do, by name. */
  List<SinkStatus> list() {
    return sinks.values().stream()
        .map(Sink::status)
        .sorted(Comparator.comparing(SinkStatus::name))
        .toList();
  }

  void close() {
    sinks.values().forEach(Sink::close);
    sinks.clear();
  }
}
