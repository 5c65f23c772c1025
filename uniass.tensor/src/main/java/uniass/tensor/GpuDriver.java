/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.util.cuda.CudaDriver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * NVIDIA's driver on this machine, and in one line what keeps it from working.
 *
 * @param gpus how many GPUs this process may use
 * @param description driver and GPUs in words; empty if it does not work
 * @param fault what is wrong and how to fix it; empty if it works
 */
public record GpuDriver(int gpus, Optional<String> description, Optional<String> fault) {

  /** CUDA 12.0, as the driver counts: any minor version of CUDA 12 runs on it. */
  private static final int OLDEST = 12_000;

  private static final int NO_DEVICE = 100;
  private static final int NOT_READY = 802;
  private static final int MISMATCH = 803;
  private static final String REBOOT = "restart the machine, or install the driver again";

  /** Asks the driver. */
  public static GpuDriver here() {
    CudaDriver.State state;
    try {
      state = CudaDriver.state();
    } catch (LinkageError | IllegalStateException e) {
      return broken("the NVIDIA driver cannot be asked (" + e + "): " + REBOOT);
    }
    return of(state, System::getenv);
  }

  static GpuDriver of(CudaDriver.State state, Function<String, String> environment) {
    if (!state.installed()) {
      return broken(
          "no NVIDIA driver (libcuda.so.1) on this machine: install one for CUDA 12, or, in a"
              + " container, start it with GPUs ('docker run --gpus all')");
    }
    String version = "%d.%d".formatted(state.version() / 1000, state.version() % 1000 / 10);
    if (state.version() > 0 && state.version() < OLDEST) {
      return broken(
          "the NVIDIA driver is too old, it runs CUDA "
              + version
              + " and 12.0 is needed: install version 525 or newer");
    }
    if (state.error() == NO_DEVICE || state.error() == 0 && state.gpus().isEmpty()) {
      String visible = environment.apply("CUDA_VISIBLE_DEVICES");
      return broken(
          visible == null
              ? "the NVIDIA driver sees no GPU: 'nvidia-smi -L' should list one; in a container,"
                  + " start it with GPUs ('docker run --gpus all')"
              : "the NVIDIA driver shows no GPU, because CUDA_VISIBLE_DEVICES is '"
                  + visible
                  + "': unset it, or name one, such as 0");
    }
    if (state.error() == MISMATCH) {
      return broken("the NVIDIA driver's library and its kernel module differ: " + REBOOT);
    }
    if (state.error() == NOT_READY) {
      return broken("the GPU is not ready: start nvidia-fabricmanager, and try again");
    }
    if (state.error() != 0) {
      return broken("the NVIDIA driver fails with CUDA's error " + state.error() + ": " + REBOOT);
    }
    List<String> gpus =
        state.gpus().stream()
            .map(
                gpu ->
                    "%s (%d MB, compute capability %s)"
                        .formatted(gpu.name(), gpu.bytes() >> 20, gpu.capability()))
            .toList();
    return new GpuDriver(
        gpus.size(),
        Optional.of("NVIDIA driver for CUDA " + version + ", " + String.join(", ", gpus)),
        Optional.empty());
  }

  private static GpuDriver broken(String fault) {
    return new GpuDriver(0, Optional.empty(), Optional.of(fault));
  }
}
