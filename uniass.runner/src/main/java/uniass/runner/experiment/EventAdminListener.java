/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.experiment;

import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunListener;

/** Passes run events on to EventAdmin, if the service is available. */
@Component
public final class EventAdminListener implements RunListener {

  private static final String TOPIC = "uniass/run/";

  private final EventAdmin events;

  /** Creates the component. */
  @Activate
  public EventAdminListener(@Reference EventAdmin events) {
    this.events = events;
  }

  @Override
  public void onEvent(RunEvent event) {
    Map<String, Object> properties = new HashMap<>(event.values());
    properties.put("run", event.run());
    properties.put("experiment", event.experiment());
    properties.put("epoch", event.epoch());
    properties.put("step", event.step());
    properties.put("message", event.message());
    // posted, because a slow handler must not hold the training up
    events.postEvent(new Event(TOPIC + event.kind(), properties));
  }
}
