/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.util.cuda.CudaDriver;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The settings {@code uniass.torch} and {@code uniass.gpu}: an installed PyTorch instead of the
 * libraries that travel with the product, and whether it must compute on a GPU.
 *
 * @param torch the installation
 * @param flavor DJL's name of its interface: {@code cpu} or {@code cu128}, for any CUDA 12
 * @param driver what is known of the GPU; empty for a PyTorch that has no use for one
 */
record InstalledTorch(TorchInstallation torch, String flavor, Optional<GpuDriver> driver) {

  private static final String CPU = "cpu";
  private static final String CUDA = "cu128";
  private static final List<String> FOUND_BY_ITSELF =
      List.of("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR");

  /**
   * What decides.
   *
   * @param environment environment variables
   * @param supported PyTorch's version that DJL's interface is built for
   * @param hasInterface whether DJL has one for this platform, by flavor
   * @param driver asks the GPU's driver
   */
  record Circumstances(
      Function<String, String> environment,
      String supported,
      Predicate<String> hasInterface,
      Supplier<GpuDriver> driver) {}

  /**
   * Chooses the installation that the settings ask for; empty if they ask for none.
   *
   * @throws IllegalStateException in one line if it cannot be used, or not as it should
   */
  static Optional<InstalledTorch> choose(Function<String, String> settings, Circumstances here) {
    String where = settings.apply("uniass.torch");
    boolean gpu = isGpuWanted(settings);
    if (where == null && !gpu) {
      return Optional.empty();
    }
    for (String name : FOUND_BY_ITSELF) {
      if (here.environment.apply(name) != null) {
        throw new IllegalStateException(
            TorchInstallation.VARIABLE
                + " and --gpu find path, version and flavor by themselves: unset "
                + name);
      }
    }
    TorchInstallation torch = where != null ? TorchInstallation.at(Path.of(where)) : found(here);
    torch
        .fault(here.supported)
        .ifPresent(
            fault -> {
              throw new IllegalStateException(fault);
            });
    InstalledTorch chosen = withFlavor(torch, here);
    if (gpu && chosen.flavor.equals(CPU)) {
      throw new IllegalStateException("--gpu: " + chosen.whyNotOnGpu());
    }
    return Optional.of(chosen);
  }

  static boolean isGpuWanted(Function<String, String> settings) {
    return "true".equals(settings.apply("uniass.gpu"));
  }

  /** The first that would do, else the first of all. */
  private static TorchInstallation found(Circumstances here) {
    List<TorchInstallation> all = TorchInstallation.search(here.environment);
    return all.stream()
        .filter(t -> t.forCuda() && t.fault(here.supported).isEmpty())
        .findFirst()
        .or(() -> all.stream().findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "--gpu finds no PyTorch in the active environment, beside python3 or in"
                        + " ~/.local: 'pip install torch=="
                        + here.supported
                        + "' in a virtual environment, and let "
                        + TorchInstallation.VARIABLE
                        + " name it"));
  }

  private static InstalledTorch withFlavor(TorchInstallation torch, Circumstances here) {
    if (!torch.forCuda() || !here.hasInterface.test(CUDA)) {
      return new InstalledTorch(torch, CPU, Optional.empty());
    }
    GpuDriver driver = here.driver.get();
    return new InstalledTorch(torch, driver.fault().isPresent() ? CPU : CUDA, Optional.of(driver));
  }

  private String whyNotOnGpu() {
    return driver
        .flatMap(GpuDriver::fault)
        .orElse(
            torch.forCuda()
                ? "DJL has no interface to CUDA on this platform, only on x86-64"
                : torch.description()
                    + " does not fit, one for CUDA 12 is needed: 'pip install torch=="
                    + torch.version()
                    + "' without an index of its own");
  }

  /** Lets DJL use it. */
  void apply() {
    System.setProperty("PYTORCH_LIBRARY_PATH", torch.libraries().toString());
    System.setProperty("PYTORCH_VERSION", torch.version());
    System.setProperty("PYTORCH_FLAVOR", flavor);
    if (!flavor.equals(CPU)) {
      CudaDriver.useRuntime(torch.cudaRuntime());
    }
  }

  /** What was found, in one line. */
  String description() {
    String gpu =
        driver
            .map(
                d ->
                    d.description()
                        .map(text -> "; " + text)
                        .orElseGet(() -> "; on the CPU: " + d.fault().orElseThrow()))
            .orElse("");
    return torch.description() + gpu;
  }
}
