/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.RefusedException;
import uniass.gateway.Stations;

/**
 * Takes images from events: the property {@code image} is an image file's bytes. An event cannot
 * wait, so an image that the station refuses is left out; the station counts it.
 */
@Component(
    configurationPid = "uniass.source.events",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
@Designate(ocd = EventsSourceConfig.class, factory = true)
public final class EventsSource {

  private static final Logger LOG = LoggerFactory.getLogger(EventsSource.class);

  private static final String IMAGE = "image";

  private final Stations stations;
  private final String name;
  private final String station;
  private final ServiceRegistration<EventHandler> registration;
  private volatile String trouble = "";

  /** Begins to listen. */
  @Activate
  public EventsSource(
      @Reference Stations stations, BundleContext context, EventsSourceConfig config) {
    this.stations = stations;
    this.name = config.name();
    this.station = config.station();
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(EventConstants.EVENT_TOPIC, config.topic());
    this.registration = context.registerService(EventHandler.class, this::inspect, properties);
  }

  /** Ends. */
  @Deactivate
  public void stop() {
    registration.unregister();
  }

  private void inspect(Event event) {
    if (!(event.getProperty(IMAGE) instanceof byte[] file)) {
      report("an event of '%s' has no property 'image' with bytes".formatted(event.getTopic()));
      return;
    }
    try {
      stations
          .submit(station, event.getTopic(), file.clone())
          .whenComplete((result, refusal) -> report(refusal == null ? "" : refusal.getMessage()));
    } catch (RefusedException e) {
      report(e.getMessage());
    }
  }

  /** Says once what keeps images from being inspected, and once that it is over. */
  private void report(String what) {
    if (!what.isEmpty() && !what.equals(trouble)) {
      LOG.warn("Events '{}': an image is left out: {}", name, what);
    } else if (what.isEmpty() && !trouble.isEmpty()) {
      LOG.warn("Events '{}': images are inspected again", name);
    }
    trouble = what;
  }
}
