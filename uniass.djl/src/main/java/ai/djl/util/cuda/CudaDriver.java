/* SPDX-License-Identifier: Apache-2.0 */
package ai.djl.util.cuda;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * NVIDIA's driver, asked by its own interface and without PyTorch, whose libraries say little when
 * there is none.
 */
public final class CudaDriver {

  private static final String LIBRARY = Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
  private static final int NAME_BYTES = 128;
  private static final int MAJOR = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
  private static final int MINOR = 76;

  private CudaDriver() {}

  /**
   * What the driver says.
   *
   * @param installed whether its library loads
   * @param version the newest CUDA that it can run, 1000 x major + 10 x minor; 0 if unknown
   * @param error CUDA's number of what keeps it from working; 0 if it works
   * @param gpus the GPUs that this process may use; empty if it does not work
   */
  public record State(boolean installed, int version, int error, List<Gpu> gpus) {}

  /**
   * A GPU.
   *
   * @param name such as {@code NVIDIA A2}
   * @param bytes its memory
   * @param capability its compute capability, such as {@code 8.6}
   */
  public record Gpu(String name, long bytes, String capability) {}

  /** Asks. This starts the driver, which takes up to a second on a machine with many GPUs. */
  public static State state() {
    NativeLibrary driver;
    try {
      driver = NativeLibrary.getInstance(LIBRARY);
    } catch (UnsatisfiedLinkError e) {
      return new State(false, 0, 0, List.of());
    }
    IntByReference number = new IntByReference();
    call(driver, "cuDriverGetVersion", number);
    int version = number.getValue();
    int error = call(driver, "cuInit", 0);
    if (error != 0) {
      return new State(true, version, error, List.of());
    }
    error = call(driver, "cuDeviceGetCount", number);
    List<Gpu> gpus = new ArrayList<>();
    for (int i = 0, count = number.getValue(); error == 0 && i < count; i++) {
      gpus.add(gpu(driver, i));
    }
    return new State(true, version, error, List.copyOf(gpus));
  }

  /** Says where CUDA's runtime lies, which DJL asks for GPUs and their memory. */
  public static void useRuntime(Path folder) {
    NativeLibrary.addSearchPath("cudart", folder.toString());
  }

  private static Gpu gpu(NativeLibrary driver, int ordinal) {
    IntByReference handle = new IntByReference();
    call(driver, "cuDeviceGet", handle, ordinal);
    int device = handle.getValue();
    LongByReference bytes = new LongByReference();
    call(driver, "cuDeviceTotalMem_v2", bytes, device);
    IntByReference major = new IntByReference();
    IntByReference minor = new IntByReference();
    call(driver, "cuDeviceGetAttribute", major, MAJOR, device);
    call(driver, "cuDeviceGetAttribute", minor, MINOR, device);
    try (Memory name = new Memory(NAME_BYTES)) {
      name.clear();
      call(driver, "cuDeviceGetName", name, NAME_BYTES, device);
      return new Gpu(
          name.getString(0), bytes.getValue(), major.getValue() + "." + minor.getValue());
    }
  }

  private static int call(NativeLibrary driver, String function, Object... arguments) {
    return driver.getFunction(function).invokeInt(arguments);
  }
}
