/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import uniass.gateway.testing.Configs;

/** Which updates of the configuration start the gateway anew; the framework is played. */
class SettingsComponentTest {

  private final List<String> calls = new ArrayList<>();

  private <T> T play(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              return method.getName().equals("registerService")
                  ? play(ServiceRegistration.class)
                  : null;
            }));
  }

  private static GatewayConfig config(Map<String, Object> values) {
    return Configs.of(GatewayConfig.class, values);
  }

  @Test
  void onlyAChangedValueDisturbs() throws Exception {
    SettingsComponent component =
        new SettingsComponent(play(BundleContext.class), config(Map.of()));
    component.update(config(Map.of()));
    assertEquals(List.of("registerService"), calls);
    Map<String, Object> values = new HashMap<>();
    for (Method key : GatewayConfig.class.getDeclaredMethods()) {
      calls.clear();
      values.put(key.getName(), key.getReturnType() == int.class ? 77 : "other");
      component.update(config(values));
      assertEquals(List.of("unregister", "registerService"), calls, key.getName());
      component.update(config(values));
      assertEquals(2, calls.size(), "the same again");
    }
    calls.clear();
    component.stop();
    assertEquals(List.of("unregister"), calls);
  }
}
