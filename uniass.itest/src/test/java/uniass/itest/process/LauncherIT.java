/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.itest.Patience;

/** {@code ./uniass COMMAND ...}: exit codes, streams, files, signals. */
class LauncherIT {

  private static final Pattern STOPPED_IN_SHELL =
      Pattern.compile("tiny-1 stopped: the framework[^;]*; checkpoint ([^;]+);");

  @TempDir Path folder;

  @Test
  void resultsGoToStandardOutputAndNothingElse() throws Exception {
    Launched list = Launched.run(folder, "list", "--json").exits(0);
    assertTrue(JsonParser.parseString(list.out()).toString().contains("mgg-cnn"), list.out());
    assertEquals("", list.err());
    assertEquals(0, entries(folder.resolve("tmp")), "the framework's cache is gone");
  }

  @Test
  void wrongUsageIsTwo() throws Exception {
    Launched wrong = Launched.run(folder, "trian").exits(2);
    assertEquals("", wrong.out());
    assertTrue(wrong.err().contains("trian"), wrong.err());
  }

  @Test
  void failureIsOneLineAndOne() throws Exception {
    Launched failed = Launched.run(folder, "check", "no-such-file.yaml").exits(1);
    assertEquals("", failed.out());
    assertEquals(1, failed.err().strip().lines().count(), failed.err());
    assertTrue(failed.err().contains("no-such-file.yaml"), failed.err());
  }

  @Test
  void anOldJavaIsRefusedInOneLine() throws Exception {
    Path old = folder.resolve("jdk-11");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.22\"\n");
    Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 99\n");
    assertTrue(old.resolve("bin/java").toFile().setExecutable(true));
    Launched refused =
        Launched.start(folder, Map.of("UNIASS_JAVA", old.toString()), "list").exits(1);
    assertEquals(
        "uniass: needs a JDK 17 (up to 23), and UNIASS_JAVA=" + old + " is Java 11",
        refused.err().strip());
  }

  @Test
  void aTemporaryFolderWithoutRoomIsNamedInOneLine() throws Exception {
    Map<String, String> full = Map.of("UNIASS_JAVA_OPTS", "-Djava.io.tmpdir=/proc");
    Launched refused = Launched.start(folder, full, "list").exits(1);
    assertEquals(
        "uniass: the temporary folder /proc has 0 MB free, and 130 are needed; free some, or name"
            + " another one: UNIASS_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
        refused.err().strip());
  }

  @Test
  void theRunnableJarNamesATemporaryFolderThatIsNotThere() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    Launched refused = Launched.jar(folder, Map.of(), nowhere, "list").exits(1);
    assertEquals("", refused.out());
    assertEquals(
        "uniass: the temporary folder "
            + nowhere
            + " is missing or cannot be written; name another one: java"
            + " -Djava.io.tmpdir=FOLDER -jar app.jar",
        refused.err().strip());
    assertEquals("", Launched.jar(folder, Map.of(), folder, "list").exits(0).err());
  }

  @Test
  void aPluginThatCannotResolveIsNamedAndLeftOut() throws Exception {
    Path jar = Files.createDirectories(folder.resolve("plugins")).resolve("broken.jar");
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "org.example.broken");
    headers.putValue("Import-Package", "org.example.nowhere");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    Launched list = Launched.run(folder, "list", "fusion").exits(0);
    assertTrue(list.out().contains("product"), list.out());
    assertEquals(1, list.err().strip().lines().count(), list.err());
    assertTrue(
        list.err().contains("org.example.broken") && list.err().contains("org.example.nowhere"),
        list.err());
  }

  @Test
  void jarsThatAreNotInstalledAreNamed() throws Exception {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    new JarOutputStream(Files.newOutputStream(plugins.resolve("plain.jar")), manifest).close();
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "org.example.twin");
    for (String name : new String[] {"one.jar", "two.jar"}) {
      new JarOutputStream(Files.newOutputStream(plugins.resolve(name)), manifest).close();
    }
    Launched list = Launched.run(folder, "list", "fusion").exits(0);
    assertEquals(2, list.err().strip().lines().count(), list.err());
    assertTrue(
        list.err().contains("Plug-in plain.jar is left out: it is not an OSGi bundle"), list.err());
    assertTrue(
        list.err().contains("Bundle-SymbolicName and version are those of one.jar")
            || list.err().contains("Bundle-SymbolicName and version are those of two.jar"),
        list.err());
  }

  @Test
  void namesBeyondAsciiWorkWithoutALocale() throws Exception {
    Path images = folder.resolve("Größe");
    Launched.run(
            folder,
            "sample",
            "--out",
            images.toString(),
            "--train",
            "1",
            "--test",
            "5",
            "--size",
            "64")
        .exits(0);
    Path image = images.resolve("cap/train/good/000.png");
    Files.move(image, image.resolveSibling("Schräge Ansicht 形.png"));
    Files.writeString(
        folder.resolve("ümlaut.yaml"),
        """
        name: names
        dataset: { reader: mvtec-ad, root: Größe, categories: [cap], image-size: 128 }
        model: { backbone: { name: efficientnet-lite0, weights: random } }
        """);
    Launched check =
        Launched.start(folder, Map.of("LC_ALL", "C", "LANG", "C"), "check", "ümlaut.yaml", "--json")
            .exits(0);
    JsonObject counts =
        JsonParser.parseString(check.out()).getAsJsonObject().getAsJsonObject("counts");
    assertEquals(1, counts.getAsJsonObject("cap").get("train").getAsInt(), check.out());
    assertTrue(Files.isDirectory(folder.resolve("cache")), "the image cache lies in UNIASS_IMAGES");
  }

  @Test
  void interruptedTrainingLeavesACheckpointAndGoesOn() throws Exception {
    TinyExperiment.write(folder, "identity", 1_000_000);
    Launched training = Launched.start(folder, Map.of(), "train", "tiny.yaml");
    Path checkpoints = folder.resolve("runs/tiny/checkpoints");
    Patience.await("two epochs are done", () -> !training.isAlive() || entries(checkpoints) >= 2);
    assertTrue(training.isAlive(), training.err());
    training.interrupt();
    training.exits(130);
    assertTrue(training.err().contains("Stopping at the next batch"), training.err());
    assertTrue(training.err().contains("checkpoint"), training.err());
    assertTrue(entries(checkpoints) >= 2);

    long epochs = Files.readAllLines(folder.resolve("runs/tiny/history.csv")).size() - 1;
    String more = "train.epochs=" + (epochs + 2);
    Launched resumed =
        Launched.run(folder, "train", "tiny.yaml", "--resume", "--set", more, "--json").exits(0);
    assertTrue(JsonParser.parseString(resumed.out()).isJsonObject(), resumed.out());
    assertTrue(Files.isRegularFile(folder.resolve("runs/tiny/model.safetensors")));
  }

  @Test
  void aGpuThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    TinyExperiment.write(folder, "identity", 1);
    Launched failed =
        Launched.run(folder, "train", "tiny.yaml", "--set", "train.device=cuda:7").exits(1);
    assertEquals("device 'cuda:7' is not here; there are: cpu", failed.err().strip());
  }

  @Test
  void librariesThatDoNotFitAreNamed() throws Exception {
    Path no = folder.resolve("no");
    String lib = "; let PYTORCH_LIBRARY_PATH name the lib folder of PyTorch 2.7.1, or unset it";
    Map<String, String> nowhere = Map.of("PYTORCH_LIBRARY_PATH", no.toString());
    assertCannotStart(
        nowhere, "PYTORCH_LIBRARY_PATH is '" + no + "'", "no libtorch.so in it" + lib);

    Path installed = Files.createDirectories(folder.resolve("torch/lib"));
    Files.writeString(installed.resolve("libtorch.so"), "not a library");
    String path = installed.toString();
    assertCannotStart(
        Map.of("PYTORCH_LIBRARY_PATH", path), "PyTorch's libraries for", "do not load: ", lib);
    assertCannotStart(
        Map.of("PYTORCH_LIBRARY_PATH", path, "PYTORCH_FLAVOR", "cu999"),
        "PYTORCH_FLAVOR is 'cu999'",
        "write cpu");
    assertCannotStart(
        Map.of("PYTORCH_LIBRARY_PATH", path, "PYTORCH_VERSION", "1.13.1"), "only 2.7.1 works");

    Launched jar = Launched.jar(folder, nowhere, folder, "list").exits(1);
    assertOneLine(jar, "PYTORCH_LIBRARY_PATH is '" + no + "'", lib);
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws Exception {
    assertCannotStart(
        Map.of("UNIASS_CACHE", "/proc/uniass"), // refuses even the superuser
        "they are unpacked to /proc/uniass, which must be a folder that can be written",
        "name another one: UNIASS_CACHE=FOLDER");
  }

  @Test
  void aPlatformWithoutLibrariesIsNamed() throws Exception {
    assertCannotStart(
        Map.of("UNIASS_JAVA_OPTS", "-Dos.arch=riscv64 -Djava.io.tmpdir=" + folder),
        "PyTorch's libraries for linux-riscv64 are not part of this product");
  }

  private void assertCannotStart(Map<String, String> variables, String... why) throws Exception {
    assertOneLine(Launched.start(folder, variables, "list").exits(1), why);
  }

  private static void assertOneLine(Launched failed, String... why) {
    assertEquals("", failed.out());
    // The Java machine itself warns, in two lines, of a library that is not an ELF file.
    List<String> ours =
        failed
            .err()
            .lines()
            .filter(line -> !line.contains("VM warning: ") && !line.contains("execstack -c"))
            .toList();
    assertEquals(1, ours.size(), failed.err());
    assertTrue(ours.get(0).startsWith("UniAS cannot start: "), failed.err());
    for (String part : why) {
      assertTrue(ours.get(0).contains(part), failed.err());
    }
  }

  @Test
  void leavingTheShellInMidRunSavesACheckpoint() throws Exception {
    TinyExperiment.write(folder, "identity", 100000);
    Launched shell = Launched.start(folder, Map.of(), "shell");
    shell.type("uniass:train tiny.yaml &");
    shell.awaitText("epoch 1/100000", 1);
    shell.type("exit");
    shell.exits(0);
    String told = shell.out() + shell.err();
    assertFalse(told.contains("ERROR"), told);
    Matcher stopped = STOPPED_IN_SHELL.matcher(told);
    assertTrue(stopped.find(), told);
    assertTrue(Files.isRegularFile(folder.resolve(stopped.group(1))), told);
  }

  private static long entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
