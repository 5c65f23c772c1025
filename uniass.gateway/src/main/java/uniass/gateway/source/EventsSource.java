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
import uniass.gateway.ImageSource;
import uniass.gateway.RefusedException;
import uniass.gateway.SourceReport;
import uniass.gateway.SourceStatus;
import uniass.gateway.Stations;

/**
 * Takes images from events: the property {@code image} is an image file's bytes. An event cannot
 * wait, so an image that the station refuses is left out; the station counts it.
 */
@Component(
    configurationPid = "uniass.source.events",
    service = ImageSource.class, // made when the gateway has looked at its configuration
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EventsSourceConfig.class, factory = true)
public final class EventsSource implements ImageSource {

  private static final String IMAGE = "image";

  private final Stations stations;
  private final String station;
  private final SourceReport report;
  private final ServiceRegistration<EventHandler> registration;

  /** Begins to listen. */
  @Activate
  public EventsSource(
      @Reference Stations stations, BundleContext context, EventsSourceConfig config) {
    this.stations = stations;
    this.station = config.station();
    this.report = new SourceReport(config.name(), station);
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(EventConstants.EVENT_TOPIC, config.topic());
    this.registration = context.registerService(EventHandler.class, this::inspect, properties);
  }

  /** Ends. */
  @Deactivate
  public void stop() {
    registration.unregister();
  }

  @Override
  public SourceStatus status() {
    return report.status();
  }

  private void inspect(Event event) {
    if (!(event.getProperty(IMAGE) instanceof byte[] file)) {
      report.failed(
          "an event of '%s' has no property 'image' with bytes".formatted(event.getTopic()));
      return;
    }
    try {
      stations
          .submit(station, event.getTopic(), file.clone())
          .whenComplete(
              (result, refusal) -> {
                if (refusal == null) {
                  report.inspected();
                } else {
                  report.failed(refusal.getMessage());
                }
              });
    } catch (RefusedException e) {
      report.failed(e);
    }
  }
}
