/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.drift.Condition;

/**
 * Says in the log when the images of a station begin or cease to be what they were, and as an event
 * with the topic {@code uniass/condition/STATION} and the properties {@code station}, {@code
 * condition} ({@code ok}, {@code drifting}, {@code broken camera}) and {@code detail}.
 */
@Component(
    immediate = true,
    service = {})
public final class ConditionEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ConditionEvents.class);

  private static final String TOPIC = "uniass/condition/";
  private static final long LOOK_MILLIS = 1000;

  private final StationRegistry stations;
  private final EventAdmin events;
  private final Map<String, Condition.State> known = new HashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "uniass-conditions");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins to look.
   *
   * @param events takes events, or null
   */
  @Activate
  public ConditionEvents(
      @Reference StationRegistry stations,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          EventAdmin events) {
    this.stations = stations;
    this.events = events;
    looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends the looking. */
  @Deactivate
  public void stop() {
    looking.shutdownNow();
  }

  private void look() {
    for (Station station : stations.stations()) {
      Condition now = station.condition();
      if (now.state() == Condition.State.UNKNOWN) {
        continue; // said elsewhere
      }
      Condition.State before = known.put(station.name(), now.state());
      if (now.state() != (before == null ? Condition.State.OK : before)) {
        say(station.name(), now);
      }
    }
  }

  private void say(String station, Condition now) {
    if (now.state() == Condition.State.OK) {
      LOG.info("Station '{}': images are ok again", station);
    } else {
      LOG.warn("Station '{}': {}: {}", station, now.state().text(), now.detail());
    }
    if (events != null) {
      events.postEvent(
          new Event(
              TOPIC + station.replace('.', '_'),
              Map.of("station", station, "condition", now.state().text(), "detail", now.detail())));
    }
  }
}
