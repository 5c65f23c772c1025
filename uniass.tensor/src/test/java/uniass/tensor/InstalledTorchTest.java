/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.cuda.CudaDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which installed PyTorch is taken, and what is said of one that cannot be. */
class InstalledTorchTest {

  private static final List<String> LIBRARIES =
      List.of("c10", "torch", "torch_cpu", "c10_cuda", "torch_cuda");

  @TempDir Path environment;

  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private GpuDriver driver = driver(0, new CudaDriver.Gpu("NVIDIA A2", 15L << 30, "8.6"));
  private List<String> interfaces = List.of("cpu", "cu128");

  @BeforeEach
  void chooseTheEnvironment() {
    settings.put("uniass.torch", environment.toString());
  }

  private static GpuDriver driver(int error, CudaDriver.Gpu... gpus) {
    return GpuDriver.of(new CudaDriver.State(true, 12_080, error, List.of(gpus)), name -> null);
  }

  private Path install(String version, String cuda) throws IOException {
    return install(version, cuda, "None");
  }

  private Path install(String version, String cuda, String hip) throws IOException {
    Path torch = environment.resolve("lib/python3.11/site-packages/torch");
    Files.createDirectories(torch.resolve("lib"));
    Files.writeString(
        torch.resolve("version.py"),
        "__version__ = '%s'\ndebug = False\ncuda: Optional[str] = %s\nhip: Optional[str] = %s\n"
            .formatted(version, cuda, hip));
    for (String name : LIBRARIES) {
      Files.write(torch.resolve("lib").resolve(System.mapLibraryName(name)), library(200, 200));
    }
    return torch;
  }

  /** A library with one part, of so many bytes of which so many are there. */
  private static byte[] library(int bytes, int there) {
    ByteBuffer file = ByteBuffer.allocate(there).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
    file.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
    return file.putLong(64 + 32, bytes).array();
  }

  private Optional<InstalledTorch> choose() {
    return InstalledTorch.choose(
        settings::get,
        new InstalledTorch.Circumstances(
            variables::get, "2.7.1", interfaces::contains, () -> driver));
  }

  private String refusal() {
    String message = assertThrows(IllegalStateException.class, this::choose).getMessage();
    assertEquals(1, message.lines().count());
    return message;
  }

  private void assertRefused(String... words) {
    String message = refusal();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void nothingIsChosenUnlessItIsAskedFor() {
    settings.clear();
    assertEquals(Optional.empty(), choose());
  }

  @Test
  void itsFolderAndThoseAboveItNameIt() throws IOException {
    Path torch = install("2.7.1+cu126", "'12.6'");
    Path packages = torch.getParent();
    for (Path place : List.of(torch.resolve("lib"), torch, packages, environment)) {
      settings.put("uniass.torch", place.toString());
      InstalledTorch chosen = choose().orElseThrow();
      assertEquals("cu128", chosen.flavor());
      assertEquals(
          "PyTorch 2.7.1 for CUDA 12.6 in "
              + torch.resolve("lib")
              + "; NVIDIA driver for CUDA 12.8, NVIDIA A2 (15360 MB, compute capability 8.6)",
          chosen.description());
    }
  }

  @Test
  void aDownloadOfLibtorchHasItsVersionInAFileOfItsOwn() throws IOException {
    Path torch = install("", "None");
    Files.delete(torch.resolve("version.py"));
    Files.writeString(torch.resolve("build-version"), "2.7.1+cu118\n");
    assertRefused("PyTorch 2.7.1 for CUDA 11.8 in ", "only those for CUDA 12 do", "pip install");
    Files.writeString(torch.resolve("build-version"), "2.7.1+cpu\n");
    assertEquals("cpu", choose().orElseThrow().flavor());
    Files.delete(torch.resolve("build-version"));
    assertRefused("PyTorch of an unknown version");
  }

  @Test
  void ofSeveralPythonsTheNewestCounts() throws IOException {
    Path old = install("2.5.1", "None");
    Files.move(old.getParent().getParent(), environment.resolve("lib/python3.9"));
    install("2.7.1+cpu", "None");
    assertTrue(choose().orElseThrow().description().startsWith("PyTorch 2.7.1 for the CPU in "));
  }

  @Test
  void withoutAGpuTheProcessorComputesUnlessAGpuIsWanted() throws IOException {
    install("2.7.1+cu126", "'12.6'");
    driver = GpuDriver.of(new CudaDriver.State(false, 0, 0, List.of()), name -> null);
    InstalledTorch chosen = choose().orElseThrow();
    assertEquals("cpu", chosen.flavor());
    assertTrue(chosen.description().contains("; on the CPU: no NVIDIA driver"));
    settings.put("uniass.gpu", "true");
    assertTrue(refusal().startsWith("--gpu: no NVIDIA driver (libcuda.so.1) on this machine: "));
  }

  @Test
  void whereDjlKnowsNoCudaTheProcessorComputesUnlessAGpuIsWanted() throws IOException {
    install("2.7.1+cu126", "'12.6'");
    interfaces = List.of("cpu");
    assertEquals("cpu", choose().orElseThrow().flavor());
    settings.put("uniass.gpu", "true");
    assertRefused("DJL has no interface to CUDA on this platform");
  }

  @Test
  void aGpuIsLookedForWherePythonWouldLook() throws IOException {
    settings.clear();
    settings.put("uniass.gpu", "true");
    assertRefused("--gpu finds no PyTorch", "pip install torch==2.7.1", "UNIASS_TORCH");
    install("2.7.1", "None");
    variables.put("VIRTUAL_ENV", environment.toString());
    assertRefused(
        "--gpu: PyTorch 2.7.1 for the CPU in ", "one for CUDA 12 is needed", "pip install");
    install("2.7.1+cu126", "'12.6'");
    assertEquals("cu128", choose().orElseThrow().flavor());
    variables.clear();
    Path python = environment.resolve("bin/python3");
    Files.createDirectories(python.getParent());
    assertTrue(Files.createFile(python).toFile().setExecutable(true));
    variables.put("PATH", "/nowhere:" + python.getParent());
    assertEquals("cu128", choose().orElseThrow().flavor());
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheFix() throws IOException {
    assertRefused("UNIASS_TORCH is '" + environment, "there is no PyTorch: name the folder");
    install("2.8.0+cu128", "'12.8'");
    assertRefused("PyTorch 2.8.0 for CUDA 12.8 in ", "only 2.7.1 does: 'pip install torch==2.7.1'");
    install("2.7.1+rocm6.3", "None", "'6.3'");
    assertRefused("PyTorch 2.7.1 for ROCm in ", "no interface to ROCm");
    variables.put("PYTORCH_LIBRARY_PATH", "/somewhere");
    assertRefused("unset PYTORCH_LIBRARY_PATH");
  }

  @Test
  void aMissingAndACutLibraryAreNamed() throws IOException {
    Path torch = install("2.7.1+cu126", "'12.6'");
    Path library = torch.resolve("lib").resolve(System.mapLibraryName("torch_cuda"));
    Files.delete(library);
    assertRefused(library.getFileName() + " is missing", "--force-reinstall torch==2.7.1");
    Files.write(library, library(200, 199));
    assertRefused(library + " is cut off", "--force-reinstall torch==2.7.1");
    Files.write(library, new byte[20]);
    assertRefused(library + " is cut off");
    Files.write(library, library(200, 200));
    Path cudnn = torch.resolveSibling("nvidia/cudnn/lib/libcudnn.so.9");
    Files.createDirectories(cudnn.getParent());
    Files.write(cudnn, library(200, 150));
    assertRefused("libcudnn.so.9 is cut off");
  }

  @Test
  void whatKeepsTheDriverFromWorkingIsSaid() {
    assertTrue(driver(100).fault().orElseThrow().contains("sees no GPU: 'nvidia-smi -L'"));
    assertTrue(driver(803).fault().orElseThrow().contains("kernel module differ: restart"));
    assertTrue(driver(802).fault().orElseThrow().contains("nvidia-fabricmanager"));
    assertTrue(driver(999).fault().orElseThrow().contains("CUDA's error 999"));
    GpuDriver hidden =
        GpuDriver.of(new CudaDriver.State(true, 12_080, 100, List.of()), name -> "-1");
    assertTrue(hidden.fault().orElseThrow().contains("CUDA_VISIBLE_DEVICES is '-1': unset it"));
    GpuDriver old = GpuDriver.of(new CudaDriver.State(true, 11_040, 0, List.of()), name -> null);
    assertTrue(old.fault().orElseThrow().contains("runs CUDA 11.4 and 12.0 is needed"));
    assertEquals(1, driver(0, new CudaDriver.Gpu("x", 1, "9.0")).gpus());
  }

  @Test
  void thisMachinesDriverAnswers() {
    GpuDriver here = GpuDriver.here();
    assertEquals(here.description().isPresent(), here.fault().isEmpty());
  }

  @Test
  void whatTheLoaderSaysIsExplained() {
    LoadFailure failure = new LoadFailure("linux-x86_64", "2.7.1");
    String old =
        "/x/libtorch.so: /lib64/libc.so.6: version `GLIBC_2.28' not found (required by ..)";
    assertEquals(
        "PyTorch's libraries for linux-x86_64 do not load: this system's C library is too old,"
            + " GLIBC_2.28 is missing; use a newer Linux (glibc 2.28 or newer), or a container with"
            + " one",
        failure.explain(new UnsatisfiedLinkError(old)));
    String none = "/x/libtorch_cuda.so: libcudnn.so.9: cannot open shared object file: No such ..";
    System.setProperty("PYTORCH_LIBRARY_PATH", "/x");
    try {
      String said = failure.explain(new UnsatisfiedLinkError(none));
      assertTrue(said.contains("libcudnn.so.9, which they need, is missing"), said);
    } finally {
      System.clearProperty("PYTORCH_LIBRARY_PATH");
    }
    String noexec =
        "/x/libc10.so: failed to map segment from shared object: Operation not permitted";
    assertTrue(failure.explain(new UnsatisfiedLinkError(noexec)).contains("run from"));
  }
}
