/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.testing;

import java.lang.reflect.Proxy;
import java.util.Map;
import uniass.gateway.config.GatewayConfig;
import uniass.gateway.config.GatewaySettings;

/** Configurations as Declarative Services make them. */
public final class Configs {

  private Configs() {}

  /** The gateway's, with some values, and the defaults of all others. */
  public static GatewaySettings gateway(Map<String, Object> values) {
    return new GatewaySettings(of(GatewayConfig.class, values));
  }

  /** A configuration with some values, and the defaults of all others. */
  public static <C> C of(Class<C> type, Map<String, Object> values) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}
