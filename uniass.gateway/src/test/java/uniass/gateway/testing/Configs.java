/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.testing;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as Declarative Services make them. */
public final class Configs {

  private Configs() {}

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
