/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EnginesTest {

  private final EngineReady engine = Engines.load();

  @Test
  void oneEngineIsRegistered() {
    List<String> names =
        ServiceLoader.load(EngineProvider.class).stream()
            .map(provider -> provider.get().getEngineName())
            .toList();
    assertEquals(List.of("PyTorch"), names);
    assertEquals(java.util.Set.of("PyTorch"), Engine.getAllEngines());
  }

  @Test
  void loadsOnceAndSaysWhat() {
    assertSame(engine, Engines.load());
    assertEquals("PyTorch 2.7.1 (DJL 0.36.0)", engine.description());
    assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
    assertEquals("true", System.getProperty("ai.djl.offline"));
  }

  @Test
  void devices() {
    assertEquals(Device.cpu(), engine.device("cpu"));
    assertTrue(engine.devices().contains(engine.device("auto")));
    assertTrue(engine.devices().contains(Device.cpu()));
    assertEquals(
        "device 'gpu' is not one; write auto, cpu or cuda:N, such as cuda:0",
        assertThrows(IllegalArgumentException.class, () -> engine.device("gpu")).getMessage());
    String absent =
        assertThrows(IllegalArgumentException.class, () -> engine.device("cuda:99")).getMessage();
    assertTrue(absent.startsWith("device 'cuda:99' is not here; there are: cpu"), absent);
  }
}
