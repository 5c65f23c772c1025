/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.ImageSource;
import uniass.gateway.SourceStatus;
import uniass.gateway.Stations;
import uniass.gateway.config.Declarations;
import uniass.gateway.results.ResultStore;
import uniass.gateway.results.SinkStatus;
import uniass.gateway.station.UnknownStations;

/** Knows all sources, and says which of them, or of the sinks, name unknown stations. */
@Component(service = Sources.class, immediate = true)
public final class Sources {

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  /** Stations that are configured together with a source are there by then. */
  private static final long LOOK_SECONDS = 3;

  private final UnknownStations unknown;
  private final ResultStore results;
  private final Declarations declarations;

  /** What sources that are services became. */
  private final Map<ServiceReference<?>, ImageSource> sources = new ConcurrentHashMap<>();

  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "uniass-sources");
            thread.setDaemon(true);
            return thread;
          });

  /** One that was not made. */
  private record Unusable(SourceStatus status) implements ImageSource {}

  /** Creates the component. */
  @Activate
  public Sources(
      @Reference Stations stations,
      @Reference ResultStore results,
      @Reference Declarations declarations) {
    this.unknown = new UnknownStations(stations);
    this.results = results;
    this.declarations = declarations;
    looking.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends the looking. */
  @Deactivate
  public void stop() {
    looking.shutdownNow();
  }

  /** Adds a source, unless its configuration lacks something: then it is not even made. */
  @Reference(
      service = ImageSource.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void addSource(ComponentServiceObjects<ImageSource> service) {
    ServiceReference<ImageSource> reference = service.getServiceReference();
    Optional<String> missing = declarations.missing(reference);
    ImageSource source = missing.isEmpty() ? service.getService() : null;
    sources.put(
        reference,
        source == null
            ? unusable(reference, missing.orElse("it cannot be made; the log says why"))
            : source);
  }

  private static ImageSource unusable(ServiceReference<ImageSource> reference, String why) {
    Object name = reference.getProperty("name");
    Object station = reference.getProperty("station");
    SourceStatus status =
        new SourceStatus(
            name == null ? Declarations.name(reference) : name.toString(),
            station == null ? "" : station.toString(),
            0,
            0,
            why,
            "",
            Optional.empty());
    LOG.error("Source '{}': {}", status.name(), why);
    return new Unusable(status);
  }

  /** Takes one away. */
  public void removeSource(ComponentServiceObjects<ImageSource> service) {
    ImageSource source = sources.remove(service.getServiceReference());
    if (source != null && !(source instanceof Unusable)) {
      service.ungetService(source);
    }
  }

  /** How all sources do, by name. */
  public List<SourceStatus> list() {
    return sources.values().stream()
        .map(this::status)
        .sorted(Comparator.comparing(SourceStatus::name))
        .toList();
  }

  /** How all sinks do, by name: one that names a station that is not there fails. */
  public List<SinkStatus> sinks() {
    return results.sinks().stream()
        .map(
            sink ->
                sink.failure().isEmpty()
                    ? unknown.among(sink.stations()).map(sink::failing).orElse(sink)
                    : sink)
        .toList();
  }

  private SourceStatus status(ImageSource source) {
    SourceStatus status = source.status();
    return source instanceof Unusable
        ? status
        : unknown.among(List.of(status.station())).map(status::failing).orElse(status);
  }

  private void look() {
    Map<String, List<String>> wanted = new TreeMap<>();
    for (ImageSource source : sources.values()) {
      if (!(source instanceof Unusable)) {
        SourceStatus status = source.status();
        wanted.put("Source '%s'".formatted(status.name()), List.of(status.station()));
      }
    }
    for (SinkStatus sink : results.sinks()) {
      wanted.put("Sink '%s'".formatted(sink.name()), List.copyOf(sink.stations()));
    }
    unknown.look(wanted);
  }
}
