/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import uniass.inference.pipeline.Devices;
import uniass.inference.selftest.DeviceTest;
import uniass.tensor.CacheFolders;
import uniass.tensor.EngineReady;

/** Looks at everything, and collects what was found and what is wrong. */
final class Examination {

  private static final long NEEDED_FREE = 500;
  private static final long BESIDE_THE_HEAP = 1L << 30;

  private final Machine machine;
  private final Installation installation;
  private final Map<String, Object> found = new LinkedHashMap<>();
  private final List<Remark> remarks = new ArrayList<>();

  Examination(Machine machine, Installation installation) {
    this.machine = machine;
    this.installation = installation;
  }

  /** What there is, for people and programs: names to texts, numbers, lists and maps. */
  Map<String, Object> found() {
    return found;
  }

  /** What is wrong. */
  List<Remark> remarks() {
    return remarks;
  }

  /** Whether the product can work. */
  boolean isWorking() {
    return remarks.stream().noneMatch(Remark::fatal);
  }

  /**
   * Examines.
   *
   * @param device the one to test; empty for all
   * @param test tests a device, which takes seconds
   */
  Examination run(Optional<String> device, Function<Device, DeviceTest.Result> test) {
    found.put("product", "uniass " + installation.version());
    found.put(
        "java",
        "Java %s (%s), heap %d MB"
            .formatted(
                machine.property("java.version"),
                machine.property("java.vendor"),
                machine.heap() >> 20));
    found.put(
        "system",
        "%s %s on %s"
            .formatted(
                machine.property("os.name"),
                machine.property("os.version"),
                machine.property("os.arch")));
    found.put("memory", (machine.memory() >> 20) + " MB");
    engine();
    threads();
    memory();
    folders();
    devices(device, test);
    return this;
  }

  private void engine() {
    found.put(
        "engine",
        installation.engine().map(EngineReady::description).orElse("PyTorch does not load"));
    installation.engine().ifPresent(e -> found.put("libraries", e.libraries()));
    if (installation.engine().isEmpty()) {
      remarks.add(
          Remark.error(
              machine.isMusl()
                  ? "this Linux has the C library musl, and PyTorch needs glibc: use a system or"
                      + " container image of Debian, Ubuntu, Red Hat or SUSE"
                  : installation
                      .engineFailure()
                      .orElse(
                          "PyTorch has not been loaded, because the bundle uniass.tensor does not"
                              + " run: unpack the distribution again")));
    } else if (installation.models().isEmpty()) {
      remarks.add(
          Remark.error(
              "PyTorch loads, but bundles that networks need are missing or do not start: unpack"
                  + " the distribution again, and move bundles of your own out of plugins/"));
    }
  }

  private void threads() {
    int threads = installation.engine().map(EngineReady::threads).orElse(machine.processors());
    int all = machine.allProcessors();
    found.put("processor", machine.processor() + ", " + threads + " threads of " + all);
    if (threads >= all) {
      return;
    }
    String limit =
        machine
            .variable("OMP_NUM_THREADS")
            .filter(n -> n.split(",")[0].equals(String.valueOf(threads)))
            .map(n -> "OMP_NUM_THREADS or UNIASS_THREADS")
            .orElse("an affinity (taskset) or a container's limit");
    remarks.add(
        Remark.warning(
            "%d of %d processors are used, as %s has it: change that if it is not meant so"
                .formatted(threads, all, limit)));
  }

  private void memory() {
    if (machine.memory() > 0 && machine.heap() + BESIDE_THE_HEAP > machine.memory()) {
      remarks.add(
          Remark.warning(
              "Java's heap may take %d of %d MB, and PyTorch needs memory beside it: set UNIASS_HEAP"
                      .formatted(machine.heap() >> 20, machine.memory() >> 20)
                  + " to a quarter of the memory"));
    }
    boolean frugal = machine.variable("UNIASS_ALLOCATOR").filter("frugal"::equals).isPresent();
    boolean fast = machine.variable("MALLOC_TRIM_THRESHOLD_").isPresent();
    found.put(
        "allocator", frugal ? "frugal" : fast ? "fast" : "the C library's own, a third slower");
    if (!fast && !frugal) {
      remarks.add(
          Remark.warning(
              "the C library's allocator is not tuned, which costs a third of the speed: start with"
                  + " ./uniass, or set what it sets (MALLOC_...)"));
    } else if (fast && machine.isWithoutHugePages()) {
      remarks.add(
          Remark.warning(
              "this system gives no huge pages, which costs a tenth of training's speed: write"
                  + " madvise to /sys/kernel/mm/transparent_hugepage/enabled"));
    }
  }

  private void folders() {
    List<Map<String, Object>> folders = new ArrayList<>();
    String libraries = machine.property("ENGINE_CACHE_DIR");
    if (!libraries.isEmpty()) {
      folders.add(folder(new Folder("libraries", Path.of(libraries), "UNIASS_CACHE")));
    }
    String images = machine.property("uniass.cache");
    if (!images.equals("off")) {
      Path folder =
          images.isEmpty()
              ? CacheFolders.ofUser().folder("images", "UNIASS_IMAGES")
              : Path.of(images);
      folders.add(folder(new Folder("images", folder, "UNIASS_IMAGES")));
    }
    found.put("caches", folders);
    if (machine.isNoExec(machine.temporary())) {
      remarks.add(
          Remark.warning(
              "the temporary folder "
                  + machine.temporary()
                  + " is mounted noexec, so exported models (ONNX) cannot run: name another one,"
                  + " UNIASS_JAVA_OPTS=-Djava.io.tmpdir=FOLDER"));
    }
  }

  private Map<String, Object> folder(Folder folder) {
    if (folder.path().startsWith(machine.temporary())) {
      remarks.add(
          Remark.warning(
              folder.path()
                  + " lies in the temporary folder and may be lost at any time: set "
                  + folder.variable()
                  + ", or HOME, to a folder that lasts"));
    }
    if (folder.free() < NEEDED_FREE) {
      remarks.add(
          Remark.warning(
              "%s has %d MB free: free some, or set %s to another folder"
                  .formatted(folder.path(), folder.free(), folder.variable())));
    }
    folder
        .leftover()
        .ifPresent(
            left -> remarks.add(Remark.warning("a killed start left " + left + ": delete it")));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("content", folder.content());
    map.put("folder", folder.path().toString());
    map.put("megabytes", folder.megabytes());
    return map;
  }

  private void devices(Optional<String> device, Function<Device, DeviceTest.Result> test) {
    int gpus = installation.engine().map(e -> e.devices().size() - 1).orElse(0);
    found.put(
        "gpu", installation.driver().description().or(installation.driver()::fault).orElseThrow());
    if (installation.driver().gpus() > gpus && installation.engine().isPresent()) {
      remarks.add(
          Remark.warning(
              "there is a GPU and it is not used: install PyTorch for CUDA 12 ('pip install"
                  + " torch==2.7.1' in a virtual environment), let UNIASS_TORCH name it, and start"
                  + " with --gpu"));
    }
    List<Map<String, Object>> tested = new ArrayList<>();
    found.put("devices", tested);
    if (installation.engine().isPresent() && installation.models().isPresent()) {
      chosen(installation.engine().get(), device).forEach(d -> tested.add(test(d, test)));
    }
  }

  private List<Device> chosen(EngineReady engine, Optional<String> device) {
    if (device.isEmpty()) {
      return engine.devices();
    }
    try {
      return List.of(engine.device(device.get()));
    } catch (IllegalArgumentException e) {
      String why = installation.driver().fault().map(fault -> "; " + fault).orElse("");
      remarks.add(Remark.error(e.getMessage() + (device.get().startsWith("cuda") ? why : "")));
      return List.of();
    }
  }

  private Map<String, Object> test(Device device, Function<Device, DeviceTest.Result> test) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("device", Devices.name(device));
    try {
      DeviceTest.Result result = test.apply(device);
      map.put("works", result.agrees());
      map.put("deviation", result.deviation());
      map.put("image-milliseconds", result.millisPerImage());
      map.put("step-milliseconds", result.millisPerStep());
      if (!result.agrees()) {
        remarks.add(
            Remark.error(
                "%s computes other numbers than it should (maps %.1e, loss %.1e, gradients %.1e of"
                        .formatted(result.device(), result.map(), result.loss(), result.gradient())
                    + " their size away): update its driver, or compute on another device"));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      map.put("works", false);
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      remarks.add(
          Remark.error(
              map.get("device")
                  + " does not compute ("
                  + said
                  + "): close other programs that use it, update its driver, or compute on another"
                  + " device"));
    }
    return map;
  }
}
