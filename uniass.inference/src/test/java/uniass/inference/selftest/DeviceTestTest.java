/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import uniass.inference.selftest.DeviceTest.Result;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.tensor.Engines;

/** The device that {@code -Duniass.device} names, by default the CPU, computes the numbers. */
class DeviceTestTest {

  @Test
  void theDeviceComputesWhatIsStored() {
    Device device = Engines.load().device(System.getProperty("uniass.device", "cpu"));
    DeviceTest test = new DeviceTest(new Rig(new PlainPlugins()).models(), 1);
    if (Boolean.getBoolean("uniass.write")) {
      System.out.println(test.numbers(device));
    }
    Result result = test.run(device);
    assertTrue(result.agrees(), result::toString);
    if (!device.isGpu()) {
      assertTrue(result.deviation() < 1e-4, result::toString);
    }
    assertTrue(result.millisPerImage() > 0 && result.millisPerStep() > 0);
  }

  @Test
  void whatIsNotANumberDoesNotAgree() {
    assertFalse(new Result("cpu", 0, Double.NaN, 0, 0, 1, 1).agrees());
    assertFalse(new Result("cpu", 0, 0, 0, 6e-3, 1, 1).agrees());
    assertEquals(2e-3, new Result("cpu", 0, 0, 2e-3, 1e-3, 1, 1).deviation());
  }
}
