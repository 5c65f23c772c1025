/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts on machines that are damaged, odd or poor. */
class RobustStartIT {

  @TempDir Path folder;

  private Launched list(Map<String, String> variables) throws IOException {
    return Launched.start(folder, variables, "list", "fusion");
  }

  private Map<String, String> options(String more) {
    return Map.of("UNIASS_JAVA_OPTS", "-Xmx800m -Djava.io.tmpdir=" + folder + " " + more);
  }

  @Test
  void aLanguageWithDigitsOfItsOwnDoesNoHarm() throws Exception {
    for (String language : List.of("ar", "fa", "tr")) {
      Launched list = list(options("-Duser.language=" + language)).exits(0);
      assertTrue(list.out().contains("product"), list.out());
      assertEquals("", list.err());
    }
  }

  /** The application's own bundle cannot resolve without JLine. */
  @Test
  void aDistributionThatLacksABundleEndsWithOneLine() throws Exception {
    Path copy = copyWithout("jline-");
    Launched failed = Launched.of(copy, folder, Map.of(), "list").exits(1);
    assertEquals("", failed.out());
    assertEquals(1, failed.err().strip().lines().count(), failed.err());
    assertTrue(failed.err().startsWith("UniAS cannot start: "), failed.err());
    assertTrue(failed.err().contains("is the distribution complete?"), failed.err());
  }

  @Test
  void aDistributionThatLacksTheComponentRuntimeEndsWithOneLine() throws Exception {
    Path copy = copyWithout("org.apache.felix.scr-");
    Launched failed = Launched.of(copy, folder, Map.of(), "list").exits(1);
    assertEquals(1, failed.err().strip().lines().count(), failed.err());
    assertTrue(failed.err().startsWith("UniAS cannot start: "), failed.err());
  }

  private static void link(Path to, Path file) throws IOException {
    try {
      Files.createLink(to, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, to);
    }
  }

  private Path copyWithout(String jar) throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(Launched.HOME.resolve("app"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = copy.resolve(Launched.HOME.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else if (!file.getFileName().toString().startsWith(jar)) {
          link(to, file);
        }
      }
    }
    Files.copy(Launched.HOME.resolve("uniass"), copy.resolve("uniass"));
    assertTrue(copy.resolve("uniass").toFile().setExecutable(true));
    return copy;
  }

  /** Natives may be left out; whoever has them nowhere is told so, by the doctor, too. */
  @Test
  void theDoctorAnswersWithoutAnEngine() throws Exception {
    Path copy = copyWithout("uniass.djl.linux-");
    Launched failed = Launched.of(copy, folder, Map.of(), "doctor").exits(1);
    assertEquals("", failed.err());
    List<String> errors = failed.out().lines().filter(l -> l.startsWith("error: ")).toList();
    assertEquals(1, errors.size(), failed.out());
    assertTrue(errors.get(0).contains("install the bundle uniass.djl.linux-"), failed.out());
    assertTrue(failed.out().endsWith("It cannot work here.\n"), failed.out());

    Map<String, String> variables = Map.of("UNIASS_TORCH", folder.toString());
    Launched refused = Launched.of(copy, folder, variables, "list").exits(1);
    assertEquals(1, refused.err().strip().lines().count(), refused.err());
    assertTrue(refused.err().contains("and there is no PyTorch: name the folder"), refused.err());
  }

  @Test
  void theDoctorFindsNothingFatalHere() throws Exception {
    Launched sound = Launched.start(folder, Map.of(), "doctor", "--device", "cpu", "--json");
    sound.exits(0);
    assertTrue(sound.out().startsWith("{\n  \"works\": true,"), sound.out());
    assertTrue(sound.out().contains("\"device\": \"cpu\",\n      \"works\": true"), sound.out());
    assertFalse(sound.out().contains(System.getProperty("user.home") + "/"), sound.out());
  }

  @Test
  void aRefreshOfTheEngineLeavesTheShellAndExitsWithOne() throws Exception {
    Launched shell = Launched.start(folder, Map.of(), "shell");
    shell.type("uniass:list fusion");
    shell.awaitText("product of the levels", 1);
    shell.type("refresh uniass.djl");
    shell.awaitText("restart the framework", 1);
    shell.type("echo still here");
    shell.awaitText("still here", 1);
    shell.type("exit");
    shell.exits(1);
    assertEquals(1, shell.err().strip().lines().count(), shell.err());
  }

  /** The real libraries: unpacked half, then whole, then cut off as by a power failure. */
  @Test
  void librariesMendThemselves() throws Exception {
    Path cache = folder.resolve("libraries");
    Map<String, String> variables = Map.of("UNIASS_CACHE", cache.toString());
    Launched first = list(variables);
    while (first.isAlive() && find(cache, "libtorch_cpu.so").isEmpty()) {
      Thread.sleep(5);
    }
    first.kill();
    first.await();
    assertEquals("", list(variables).exits(0).err());
    assertTrue(find(cache, "unpacking").isEmpty(), "what the killed start left is gone");

    Path library = find(cache, "libtorch_cpu.so").get(0);
    try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
      file.setLength(1 << 20);
    }
    Launched repaired = list(variables).exits(0);
    assertTrue(repaired.out().contains("product"), repaired.out());
    assertEquals(1, repaired.err().strip().lines().count(), repaired.err());
    assertTrue(repaired.err().contains("libtorch_cpu.so has 1048576 bytes"), repaired.err());
    assertEquals("", list(variables).exits(0).err());
  }

  @Test
  void fourFirstStartsAtOnceShareTheLibraries() throws Exception {
    Path cache = folder.resolve("libraries");
    List<Launched> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(list(Map.of("UNIASS_CACHE", cache.toString())));
    }
    for (Launched start : starts) {
      start.exits(0);
      assertTrue(start.out().contains("product"), start.out());
      assertEquals("", start.err());
    }
    assertEquals(1, find(cache, "libtorch_cpu.so").size());
    assertEquals(List.of(), find(cache, "unpacking"));
  }

  @Test
  void oneCoreIsEnough() throws Exception {
    started("exec taskset -c 0 '%s/uniass' \"$@\"");
  }

  @Test
  void theProductMayBeReadOnly() throws Exception {
    Process allowed = new ProcessBuilder("unshare", "-rm", "true").start();
    Assumptions.assumeTrue(allowed.waitFor() == 0, "a mount of its own takes rights");
    started(
        "cd '%s' && exec unshare -rm sh -c 'mount --bind . . && cd \"$PWD\" &&"
            + " mount -o remount,bind,ro . && ! touch file 2>&- && exec ./uniass \"$@\"' sh \"$@\"");
  }

  /** Starts the product as a shell's line does, in which %s is its folder. */
  private void started(String line) throws Exception {
    Path script = Files.createDirectories(folder.resolve("wrapped")).resolve("uniass");
    Files.writeString(script, "#!/bin/sh\n" + line.formatted(Launched.HOME) + "\n");
    assertTrue(script.toFile().setExecutable(true));
    Launched list = Launched.of(script.getParent(), folder, Map.of(), "list").exits(0);
    assertTrue(list.out().contains("product"), list.out());
    assertEquals("", list.err());
  }

  private static List<Path> find(Path folder, String name) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.getFileName().toString().contains(name)).toList();
    } catch (java.io.UncheckedIOException e) {
      return List.of(); // a folder has just been renamed
    }
  }

  @Test
  void withoutAHomeTheCachesLieInTheTemporaryFolder() throws Exception {
    Map<String, String> variables = new HashMap<>(options("-Duser.home=?"));
    variables.put("HOME", "");
    variables.put("XDG_CACHE_HOME", "");
    variables.put("UNIASS_IMAGES", "");
    variables.put(
        "UNIASS_CACHE",
        Path.of(System.getProperty("user.home"), ".cache/uniass/libraries").toString());
    Launched list = list(variables).exits(0);
    assertFalse(Files.exists(folder.resolve("?")));
    assertEquals(1, list.err().strip().lines().count(), list.err());
    assertTrue(list.err().contains("set UNIASS_IMAGES"), list.err());
  }

  /** A JDK whose {@code java} prints what it was started with. */
  private Map<String, String> mirror() throws IOException {
    Path jdk = folder.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nenv\necho \"arguments: $*\"\n");
    assertTrue(jdk.resolve("bin/java").toFile().setExecutable(true));
    return new HashMap<>(Map.of("UNIASS_JAVA", jdk.toString()));
  }

  @Test
  void tensorFloat32IsOffUnlessItIsWanted() throws Exception {
    Map<String, String> variables = mirror();
    assertTrue(list(variables).exits(0).out().contains("NVIDIA_TF32_OVERRIDE=0\n"));
    variables.put("UNIASS_TF32", "on");
    String started = list(variables).exits(0).out();
    assertTrue(started.contains("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1\n"), started);
    assertFalse(started.contains("NVIDIA_TF32_OVERRIDE"), started);
    variables.put("UNIASS_TF32", "maybe");
    assertEquals(
        "uniass: UNIASS_TF32 is 'maybe'; write on or off", list(variables).exits(1).err().strip());
  }

  @Test
  void theUsersThreadsAreKept() throws Exception {
    Map<String, String> variables = mirror();
    variables.put("OMP_NUM_THREADS", "1");
    String started = list(variables).exits(0).out();
    assertTrue(started.contains("OMP_NUM_THREADS=1\n"), started);
    assertTrue(started.contains("-Duniass.threads=1 "), started);
    variables.put("UNIASS_THREADS", "3");
    started = list(variables).exits(0).out();
    assertTrue(started.contains("OMP_NUM_THREADS=1\n"), started);
    assertTrue(started.contains("-Duniass.threads=3 "), started);
    variables.put("UNIASS_THREADS", "many");
    assertEquals(
        "uniass: UNIASS_THREADS is 'many'; write a number >= 1",
        list(variables).exits(1).err().strip());
  }
}
