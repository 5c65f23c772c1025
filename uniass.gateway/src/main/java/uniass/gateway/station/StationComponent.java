/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import uniass.api.UniassException;

/** A station per factory configuration; a changed configuration makes a new station. */
@Component(
    configurationPid = "uniass.station",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
@Designate(ocd = StationConfig.class, factory = true)
public final class StationComponent {

  private final StationRegistry registry;
  private final Station station;

  /** Makes the station. */
  @Activate
  public StationComponent(
      @Reference StationRegistry registry, StationConfig config, Map<String, Object> properties) {
    this.registry = registry;
    this.station = station(config, String.valueOf(properties.get(Constants.SERVICE_PID)));
  }

  private Station station(StationConfig config, String pid) {
    try {
      return registry.add(StationSettings.of(config));
    } catch (UniassException e) {
      String name = config.name() == null || config.name().isBlank() ? pid : config.name();
      return registry.addFailed(name, e.getMessage());
    }
  }

  /** Removes the station. */
  @Deactivate
  public void stop() {
    registry.remove(station);
  }
}
