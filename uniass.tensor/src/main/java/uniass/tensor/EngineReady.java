/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Published once PyTorch's native libraries are loaded. A component that uses tensors references
 * this service, and so starts only where tensors work.
 */
@ProviderType
public interface EngineReady {

  /** Returns engine and version in words, for reports: {@code "PyTorch 2.7.1 (DJL 0.36.0)"}. */
  String description();

  /**
   * Returns where PyTorch's libraries come from, in words; of an installed PyTorch also its version
   * and CUDA, and the GPU that it found or why there is none.
   */
  String libraries();

  /** Returns how many threads an operation on the CPU uses. */
  int threads();

  /** Returns the devices that this engine can use; the CPU is always among them. */
  List<Device> devices();

  /**
   * Resolves a device setting.
   *
   * @param setting {@code auto} (the first GPU that works, else the CPU), {@code cpu} or {@code
   *     cuda:N}
   * @return the device
   * @throws IllegalArgumentException in one clear line when the setting is malformed or the device
   *     is not there
   */
  Device device(String setting);

  /**
   * Opens a manager on a device; whoever opens it closes it, which frees all arrays it still owns.
   */
  NDManager newManager(Device device);
}
