/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.config;

import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.namespace.service.ServiceNamespace;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Has the configuration known as {@link GatewaySettings}. A change reaches all of the gateway in
 * one step: it starts anew. An update that changes no value does not disturb it; Karaf, for one,
 * makes one a second after it made the configuration, because the file in {@code etc/} is new.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "uniass.gateway",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = GatewayConfig.class)
@Capability(
    namespace = ServiceNamespace.SERVICE_NAMESPACE,
    attribute = "objectClass:List<String>=uniass.gateway.config.GatewaySettings",
    effective = "active")
public final class SettingsComponent {

  private final BundleContext context;
  private List<Object> values;
  private ServiceRegistration<GatewaySettings> registration;

  /** Registers the settings. */
  @Activate
  public SettingsComponent(BundleContext context, GatewayConfig config) {
    this.context = context;
    register(config);
  }

  private void register(GatewayConfig config) {
    values = values(config);
    registration =
        context.registerService(GatewaySettings.class, new GatewaySettings(config), null);
  }

  /** Registers other settings, if they are others. */
  @Modified
  public void update(GatewayConfig config) {
    if (!values(config).equals(values)) {
      stop();
      register(config);
    }
  }

  /** Takes them back. */
  @Deactivate
  public void stop() {
    registration.unregister();
  }

  private static List<Object> values(GatewayConfig config) {
    return List.of(
        config.state(),
        config.tokens(),
        config.trust(),
        config.megabytes(),
        config.megapixels(),
        config.results(),
        config.evidence(),
        config.disk(),
        config.batch(),
        config.window());
  }
}
