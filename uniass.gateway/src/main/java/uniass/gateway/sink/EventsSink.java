/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;

/**
 * Sends results as events: the topic is {@code uniass/verdict/STATION}, a station's dots being
 * underscores there, because topics have none. Properties: {@code id}, {@code station}, {@code
 * verdict}, {@code score}, {@code threshold} (missing if there is none), {@code json}.
 */
@Component(
    service = VerdictSink.class,
    configurationPid = "uniass.sink.events",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EventsConfig.class, factory = true)
public final class EventsSink implements VerdictSink {

  private static final String TOPIC = "uniass/verdict/";

  private final EventAdmin events;

  /** Creates the component. */
  @Activate
  public EventsSink(@Reference EventAdmin events) {
    this.events = events;
  }

  @Override
  public void deliver(InspectionResult result, Optional<Evidence> evidence) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("id", result.id());
    properties.put("station", result.station());
    properties.put("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
    properties.put("score", result.score());
    result.threshold().ifPresent(threshold -> properties.put("threshold", threshold));
    properties.put("json", result.json());
    events.postEvent(new Event(TOPIC + result.station().replace('.', '_'), properties));
  }
}
