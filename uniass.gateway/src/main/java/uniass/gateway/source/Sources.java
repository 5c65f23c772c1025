/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

/** Knows all sources, and says which of them name a station that is not there. */
@Component(service = Sources.class)
public final class Sources {

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  /** Stations that are configured together with a source are there by then. */
  private static final long LOOK_SECONDS = 3;

  private final Stations stations;
  private final List<ImageSource> sources = new CopyOnWriteArrayList<>();
  private final Set<String> lost = new HashSet<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "uniass-sources");
            thread.setDaemon(true);
            return thread;
          });

  /** Creates the component. */
  @Activate
  public Sources(@Reference Stations stations) {
    this.stations = stations;
    looking.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends the looking. */
  @Deactivate
  public void stop() {
    looking.shutdownNow();
  }

  /** Adds a source. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addSource(ImageSource source) {
    sources.add(source);
  }

  /** Takes one away. */
  public void removeSource(ImageSource source) {
    sources.remove(source);
  }

  /** How all sources do, by name. */
  public List<SourceStatus> list() {
    List<String> names = stations.list().stream().map(StationStatus::name).toList();
    return sources.stream()
        .map(ImageSource::status)
        .map(status -> names.contains(status.station()) ? status : lost(status, names))
        .sorted(Comparator.comparing(SourceStatus::name))
        .toList();
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
    for (ImageSource source : sources) {
      SourceStatus status = source.status();
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
