/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.config;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The configuration that all of the gateway shares. Nothing of the gateway starts before it is
 * there, and a change reaches all of it in one step.
 */
@Component(
    service = GatewaySettings.class,
    configurationPid = "uniass.gateway",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = GatewayConfig.class)
public final class GatewaySettings {

  private final GatewayConfig config;

  /** Creates the component. */
  @Activate
  public GatewaySettings(GatewayConfig config) {
    this.config = config;
  }

  /** What is configured, with defaults. */
  public GatewayConfig config() {
    return config;
  }
}
