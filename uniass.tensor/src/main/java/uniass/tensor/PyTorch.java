/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of this process. */
final class PyTorch implements EngineReady {

  private static final Logger LOG = LoggerFactory.getLogger(PyTorch.class);
  private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,4})");

  /** Native libraries load once per process, whoever asks first. */
  private static PyTorch loaded;

  /** Why they did not load the last time. */
  private static String failure;

  private final Engine engine = Engine.getEngine("PyTorch");
  private final Optional<InstalledTorch> installed;

  private PyTorch(Optional<InstalledTorch> installed) {
    this.installed = installed;
  }

  static synchronized PyTorch load(Function<String, String> settings) {
    if (loaded == null) {
      long begin = System.nanoTime();
      try {
        PyTorch engine = new PyTorch(new NativeLibraries(settings).load());
        engine.refuseLostGpu(InstalledTorch.isGpuWanted(settings));
        loaded = engine;
      } catch (IllegalStateException e) {
        failure = e.getMessage();
        LOG.debug("PyTorch does not load", e);
        throw e;
      }
      failure = null;
      long millis = (System.nanoTime() - begin) / 1_000_000;
      LOG.info("{} in {} ms; libraries: {}", loaded.description(), millis, loaded.libraries());
    }
    return loaded;
  }

  static synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** The driver works, and yet PyTorch does not see what it shows. */
  private void refuseLostGpu(boolean wanted) {
    if (wanted && devices().size() == 1) {
      throw new IllegalStateException(
          "--gpu: PyTorch cannot use the GPU; found: "
              + libraries()
              + "; does 'python3 -c \"import torch; torch.zeros(1).cuda()\"' work with it?");
    }
  }

  @Override
  public String description() {
    String cuda =
        installed
            .map(InstalledTorch::torch)
            .filter(TorchInstallation::forCuda)
            .map(torch -> " for CUDA " + torch.cuda())
            .orElse("");
    return "PyTorch " + engine.getVersion() + cuda + " (DJL " + Engine.getDjlVersion() + ")";
  }

  @Override
  public String libraries() {
    String path = Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH");
    return installed
        .map(InstalledTorch::description)
        .orElseGet(() -> path == null ? "those that travel with the product" : path);
  }

  @Override
  public int threads() {
    return JniUtils.getNumThreads();
  }

  @Override
  public List<Device> devices() {
    List<Device> devices = new ArrayList<>();
    devices.add(Device.cpu());
    int gpus = engine.hasCapability(StandardCapabilities.CUDA) ? GpuDriver.here().gpus() : 0;
    for (int i = 0; i < gpus; i++) {
      devices.add(Device.gpu(i));
    }
    return List.copyOf(devices);
  }

  @Override
  public Device device(String setting) {
    List<Device> devices = devices();
    if (setting.equals("cpu")) {
      return Device.cpu();
    } else if (setting.equals("auto")) {
      Optional<Device> gpu =
          devices.stream().filter(device -> device.isGpu() && works(device)).findFirst();
      if (gpu.isEmpty()) {
        LOG.info("device auto: no usable GPU, using the CPU");
      }
      return gpu.orElse(Device.cpu());
    }
    Matcher cuda = CUDA.matcher(setting);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(
          "device '" + setting + "' is not one; write auto, cpu or cuda:N, such as cuda:0");
    }
    Device device = Device.gpu(Integer.parseInt(cuda.group(1)));
    if (!devices.contains(device)) {
      throw new IllegalArgumentException(
          "device '"
              + setting
              + "' is not here; there are: "
              + String.join(", ", devices.stream().map(PyTorch::name).toList()));
    }
    return device;
  }

  @Override
  public NDManager newManager(Device device) {
    return engine.newBaseManager(device);
  }

  private boolean works(Device device) {
    try (NDManager manager = newManager(device);
        NDArray ones = manager.ones(new Shape(2));
        NDArray sum = ones.sum()) {
      return sum.getFloat() == 2;
    } catch (EngineException e) {
      LOG.warn("{} is there but does not work: {}", name(device), e.getMessage());
      return false;
    }
  }

  private static String name(Device device) {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }
}
