/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineProvider;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.test.common.annotation.InjectService;
import uniass.tensor.EngineReady;
import uniass.tensor.Ops;

/** PyTorch inside a framework: its native libraries come from a fragment. */
class EngineTest {

  @InjectService(timeout = Patience.MILLISECONDS)
  EngineReady engine;

  @Test
  void theEngineIsPyTorchOnTheCpu() {
    assertTrue(engine.description().startsWith("PyTorch 2.7.1"), engine.description());
    assertTrue(engine.devices().contains(Device.cpu()));
  }

  @Test
  void tensorsAreComputed() {
    try (NDManager manager = engine.newManager(Device.cpu())) {
      NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      assertArrayEquals(
          new float[] {7, 10, 15, 22},
          Ops.matMul(x, x).toFloatArray(),
          0f,
          "[[1,2],[3,4]] squared");
    }
  }

  @Test
  void onlyPyTorchIsRegisteredWithDjl() {
    ClassLoader djl = EngineProvider.class.getClassLoader();
    List<String> engines =
        ServiceLoader.load(EngineProvider.class, djl).stream()
            .map(provider -> provider.get().getEngineName())
            .toList();
    assertEquals(List.of("PyTorch"), engines);
  }

  @Test
  void theLibrariesComeFromTheFragment() {
    Bundle djl = FrameworkUtil.getBundle(EngineProvider.class);
    assertEquals("uniass.djl", djl.getSymbolicName());
    Bundle fragment = FrameworkUtil.getBundle(EngineTest.class).getBundleContext().getBundle(0);
    for (Bundle bundle : fragment.getBundleContext().getBundles()) {
      if (bundle.getSymbolicName().startsWith("uniass.djl.linux")) {
        assertEquals(Bundle.RESOLVED, bundle.getState(), "a fragment is attached, not started");
        return;
      }
    }
    throw new AssertionError("no fragment with native libraries is installed");
  }
}
