/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import uniass.gateway.StationStatus;
import uniass.gateway.Stations;
import uniass.gateway.config.Declarations;

/** Knows all sources, and says which of them name a station that is not there. */
@Component(service = Sources.class, immediate = true)
public final class Sources {

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  /** Stations that are configured together with a source are there by then. */
  private static final long LOOK_SECONDS = 3;

  private final Stations stations;
  private final Declarations declarations;

  /** What sources that are services became. */
  private final Map<ServiceReference<?>, ImageSource> sources = new ConcurrentHashMap<>();

  private final Set<String> lost = new HashSet<>();
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
  public Sources(@Reference Stations stations, @Reference Declarations declarations) {
    this.stations = stations;
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
            "");
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
    List<String> names = stations.list().stream().map(StationStatus::name).toList();
    return sources.values().stream()
        .map(source -> status(source, names))
        .sorted(Comparator.comparing(SourceStatus::name))
        .toList();
  }

  private static SourceStatus status(ImageSource source, List<String> names) {
    SourceStatus status = source.status();
    return source instanceof Unusable || names.contains(status.station())
        ? status
        : lost(status, names);
  }

  private static SourceStatus lost(SourceStatus status, List<String> names) {
    return status.failing(
        "there is no station '%s'; stations: %s"
            .formatted(status.station(), names.isEmpty() ? "none" : String.join(", ", names)));
  }

  /** Says it once, unless the source does; it may have had an image. */
  private void look() {
    Set<String> now = new HashSet<>();
    List<String> names = stations.list().stream().map(StationStatus::name).toList();
    for (ImageSource source : sources.values()) {
      SourceStatus status = source.status();
      if (source instanceof Unusable) {
        continue; // said when it was added
      }
      if (!names.contains(status.station())) {
        now.add(status.name());
        if (!lost.contains(status.name()) && status.failure().isEmpty()) {
          LOG.warn("Source '{}': {}", status.name(), lost(status, names).failure());
        }
      } else if (lost.contains(status.name()) && status.failure().isEmpty()) {
        LOG.warn("Source '{}': station '{}' is there now", status.name(), status.station());
      }
    }
    lost.clear();
    lost.addAll(now);
  }
}
