/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import ai.djl.Device;
import uniass.api.UniassException;
import uniass.tensor.EngineReady;

/** Device settings. */
public final class Devices {

  private Devices() {}

  /**
   * Finds the device of a setting.
   *
   * @throws UniassException in one line if it is not there
   */
  public static Device find(EngineReady engine, String setting) {
    try {
      return engine.device(setting);
    } catch (IllegalArgumentException e) {
      throw new UniassException(e.getMessage(), e);
    }
  }

  /** The device as settings name it. */
  public static String name(Device device) {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }
}
