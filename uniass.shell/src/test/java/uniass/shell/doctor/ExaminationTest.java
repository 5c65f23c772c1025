/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.inference.model.Models;
import uniass.inference.selftest.DeviceTest.Result;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.GpuDriver;

/** What the doctor says of machines and installations that are not as they should be. */
class ExaminationTest {

  private static final GpuDriver NO_DRIVER =
      new GpuDriver(0, Optional.empty(), Optional.of("no NVIDIA driver: install one"));
  private static final Result GOOD = new Result("cpu", 1e-6, 1e-6, 1e-6, 1e-6, 5, 50);

  @TempDir Path root;

  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final EngineReady engine = Engines.load();
  private final Models models = new Rig(new PlainPlugins()).models();
  private long heap = 1L << 30;
  private GpuDriver driver = NO_DRIVER;
  private Optional<String> device = Optional.of("cpu");
  private Result result = GOOD;

  ExaminationTest() {
    variables.put("MALLOC_TRIM_THRESHOLD_", "1");
    properties.put("uniass.cache", "off");
    properties.put("java.io.tmpdir", "/nowhere/tmp");
  }

  private Examination examined(Optional<EngineReady> engine, Optional<Models> models) {
    Machine machine =
        new Machine(variables::get, properties::get, engine().threads(), heap, 4L << 30, root);
    Installation installation =
        new Installation("1.0.0", engine, Optional.of("it is not there"), models, driver);
    return new Examination(machine, installation).run(device, d -> result);
  }

  private EngineReady engine() {
    return engine;
  }

  private Examination examined() {
    return examined(Optional.of(engine), Optional.of(models));
  }

  private String only() {
    List<Remark> remarks = examined().remarks();
    assertEquals(1, remarks.size(), remarks::toString);
    assertEquals(1, remarks.get(0).text().lines().count());
    return remarks.get(0).text();
  }

  private void file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void aSoundMachineHasNoRemarks() {
    Examination examination = examined();
    assertEquals(List.of(), examination.remarks());
    assertTrue(examination.isWorking());
    assertEquals("uniass 1.0.0", examination.found().get("product"));
    assertEquals(engine.description(), examination.found().get("engine"));
    assertTrue(examination.found().get("devices").toString().contains("device=cpu, works=true"));
  }

  @Test
  void anEngineThatDoesNotLoadIsFatal() throws IOException {
    Examination examination = examined(Optional.empty(), Optional.empty());
    assertFalse(examination.isWorking());
    assertEquals(List.of(Remark.error("it is not there")), examination.remarks());
    file("lib/ld-musl-x86_64.so.1", "");
    examination = examined(Optional.empty(), Optional.empty());
    assertTrue(examination.remarks().get(0).text().contains("musl, and PyTorch needs glibc"));
  }

  @Test
  void bundlesThatDoNotStartAreFatal() {
    Examination examination = examined(Optional.of(engine), Optional.empty());
    assertFalse(examination.isWorking());
    assertTrue(examination.remarks().get(0).text().contains("unpack the distribution again"));
  }

  @Test
  void fewerThreadsThanProcessorsAreExplained() throws IOException {
    file("proc/cpuinfo", "processor : 0\nmodel name : A\n\n".repeat(engine.threads() + 6));
    assertTrue(only().contains("as an affinity (taskset) or a container's limit has it"));
    variables.put("OMP_NUM_THREADS", engine.threads() + ",1");
    assertTrue(only().contains("as OMP_NUM_THREADS or UNIASS_THREADS has it"));
    assertTrue(examined().found().get("processor").toString().startsWith("A, "));
  }

  @Test
  void aHeapThatLeavesNothingForTensorsIsNamed() {
    heap = 4L << 30;
    assertTrue(only().contains("heap may take 4096 of 4096 MB") && only().contains("UNIASS_HEAP"));
  }

  @Test
  void theAllocatorAndHugePagesAreExplained() throws IOException {
    file("sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]\n");
    assertTrue(only().contains("write madvise to"));
    variables.clear();
    assertTrue(only().contains("start with ./uniass"));
    variables.put("UNIASS_ALLOCATOR", "frugal");
    assertEquals(List.of(), examined().remarks());
  }

  @Test
  void cachesInTheTemporaryFolderAndLeftoversAreNamed() throws IOException {
    properties.put("java.io.tmpdir", root.toString());
    properties.put("ENGINE_CACHE_DIR", root.resolve("libraries").toString());
    assertTrue(
        only().contains("libraries lies in the temporary folder") && only().contains("HOME"));
    properties.put("java.io.tmpdir", "/nowhere");
    file("libraries/pytorch/2.7.1.unpacking/half.so", "x");
    assertTrue(only().contains("a killed start left ") && only().endsWith("unpacking: delete it"));
  }

  @Test
  void aTemporaryFolderThatIsMountedNoexecIsNamed() throws IOException {
    file("proc/self/mounts", "a / ext4 rw 0 0\nb /nowhere tmpfs rw,noexec,nosuid 0 0\n");
    assertTrue(only().contains("is mounted noexec") && only().contains("java.io.tmpdir=FOLDER"));
  }

  @Test
  void aDeviceThatIsNotHereIsFatalAndTheDriverSaysWhy() {
    device = Optional.of("cuda:7");
    assertFalse(examined().isWorking());
    assertEquals(
        "device 'cuda:7' is not here; there are: cpu; no NVIDIA driver: install one", only());
    device = Optional.of("gpu");
    assertTrue(only().endsWith("write auto, cpu or cuda:N, such as cuda:0"));
  }

  @Test
  void aGpuThatIsNotUsedIsNamed() {
    driver = new GpuDriver(1, Optional.of("NVIDIA A2"), Optional.empty());
    assertTrue(only().contains("let UNIASS_TORCH name it, and start with --gpu"));
    assertTrue(examined().isWorking());
  }

  @Test
  void aDeviceThatComputesOtherNumbersIsFatal() {
    result = new Result("cpu", 0.3, 1e-6, 1e-6, 1e-6, 5, 50);
    assertFalse(examined().isWorking());
    assertTrue(only().startsWith("cpu computes other numbers than it should (maps 3.0e-01, "));
  }

  @Test
  void aDeviceThatFailsIsFatal() {
    Machine machine = new Machine(variables::get, properties::get, 1, heap, 4L << 30, root);
    Installation sound =
        new Installation(
            "1", Optional.of(engine), Optional.empty(), Optional.of(models), NO_DRIVER);
    Examination examination =
        new Examination(machine, sound)
            .run(
                device,
                d -> {
                  throw new IllegalStateException("CUDA out of memory\nat x");
                });
    assertFalse(examination.isWorking());
    assertTrue(
        examination
            .remarks()
            .get(0)
            .text()
            .startsWith("cpu does not compute (CUDA out of memory)"));
  }

  @Test
  void jsonHasNoNamesOfUsers() {
    Anonymous anonymous = new Anonymous(List.of("/example/alice", "?"), "alice");
    Map<String, Object> json =
        Map.of(
            "a",
            "in /example/alice/.cache and '/home/example/x', /tmp/uniass-alice/libraries",
            "b",
            List.of(Map.of("c", "/example/alice", "d", 1.5)));
    String changed = String.valueOf(anonymous.of(json));
    assertFalse(changed.contains("alice") || changed.contains("example"), changed);
    assertTrue(changed.contains("in ~/.cache and '~/x', /tmp/uniass-USER/libraries"), changed);
    assertTrue(changed.contains("1.5"));
    assertEquals("roots in /root2", new Anonymous(List.of("/root"), "root").of("roots in /root2"));
  }

  @Test
  void theExitCodeSaysWhetherItWorks() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Anonymous anonymous = new Anonymous(List.of(), "");
    DoctorVerb verb =
        new DoctorVerb(
            (name, debug) -> {
              device = name;
              return examined();
            },
            anonymous,
            new PrintStream(out));
    picocli.CommandLine line = new picocli.CommandLine(verb);
    assertEquals(1, line.execute("--device", "cuda:0"));
    assertTrue(out.toString().contains("error: device 'cuda:0' is not here"), out.toString());
    assertTrue(out.toString().endsWith("It cannot work here.\n"));
    out.reset();
    assertEquals(0, line.execute("--device", "cpu", "--json"));
    assertTrue(out.toString().contains("\"works\": true"), out.toString());
  }
}
