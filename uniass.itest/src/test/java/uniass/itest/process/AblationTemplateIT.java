/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.itest.Patience;

/** The template of a plug-in: built outside the tree, dropped in, trained with. */
class AblationTemplateIT {

  @TempDir static Path outside;

  private static Path jar;
  private static Path repository;

  @TempDir Path folder;

  @BeforeAll
  static void build() throws Exception {
    repository = repositoryWithoutUs();
    Path template = outside.resolve("ablation");
    copy(Launched.HOME.resolve("templates/ablation"), template);
    Path log = outside.resolve("build.log");
    int code = build(template, log);
    assertEquals(0, code, () -> read(log));
    jar = template.resolve("target/ablation-1.0.0.jar");
  }

  private static int build(Path template, Path log) throws Exception {
    return new ProcessBuilder(
            System.getProperty("maven.executable"),
            "-q",
            "-B",
            "-ntp",
            "-Duniass.home=" + Launched.HOME,
            "-Dmaven.repo.local=" + repository,
            "package")
        .directory(template.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  @Test
  void aCallWithWrongGradientsFailsTheBuild() throws Exception {
    Path template = folder.resolve("wrong");
    copy(Launched.HOME.resolve("templates/ablation"), template);
    Path source = template.resolve("src/main/java/org/example/ablation/SigmoidGate.java");
    String right = read(source);
    String wrong = right.replace(".mul(Ops.sigmoid(", ".mul(2).mul(Ops.sigmoid(");
    assertNotEquals(right, wrong);
    Files.writeString(source, wrong);
    Path log = folder.resolve("wrong.log");
    assertNotEquals(0, build(template, log));
    String said = read(log);
    assertTrue(
        said.contains(
            "Forbidden method invocation: ai.djl.ndarray.NDArray#mul(java.lang.Number) [Its scalar"
                + " is freed before the backward pass reads it: wrong gradients."
                + " Use uniass.tensor.Ops (mul, pow, clamp, ...)]"),
        said);
    assertTrue(said.contains("(SigmoidGate.java:"), said);
  }

  @Test
  void trainsWithTheDroppedClass() throws Exception {
    Files.copy(jar, Files.createDirectories(folder.resolve("plugins")).resolve("ablation.jar"));
    TinyExperiment.write(folder, "sigmoid-gate", 1);
    Launched.run(folder, "train", "tiny.yaml").exits(0);
    byte[] model = Files.readAllBytes(folder.resolve("runs/tiny/model.safetensors"));
    String text = new String(model, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(".gate.weight\""), "the model holds the class's parameters");
  }

  @Test
  void appearsInAnOpenShell() throws Exception {
    Launched shell = Launched.start(folder, Map.of(), "shell");
    shell.type("list gated-cnn");
    shell.awaitText("mgg-cnn", 1);
    assertFalse(shell.out().contains("sigmoid-gate"), shell.out());
    Files.copy(jar, folder.resolve("plugins/ablation.jar"));
    Patience.await(
        "the plug-in is listed",
        () -> {
          shell.type("list gated-cnn");
          Thread.sleep(1000);
          return shell.out().contains("sigmoid-gate");
        });
    shell.type("exit");
    shell.exits(0);
  }

  /** From the jar to the first row of a table, without a restart. */
  @Test
  void isComparedInAnOpenShell() throws Exception {
    TinyExperiment.write(folder, "mgg-cnn", 1);
    Files.writeString(
        folder.resolve("gate.yaml"),
        """
        base: tiny.yaml
        factors: { model.gated-cnn: [sigmoid-gate] }
        seeds: [1]
        metrics: [pixel-ap]
        """);
    Launched shell = Launched.start(folder, Map.of(), "shell");
    Files.copy(jar, Files.createDirectories(folder.resolve("plugins")).resolve("ablation.jar"));
    Patience.await(
        "the plug-in is listed",
        () -> {
          shell.type("list gated-cnn");
          Thread.sleep(1000);
          return shell.out().contains("sigmoid-gate");
        });
    shell.type("sweep gate.yaml --out study");
    shell.awaitText("study.html", 1);
    shell.type("exit");
    shell.exits(0);
    String table = Files.readString(folder.resolve("study/table.csv"));
    assertTrue(table.contains("gated-cnn=sigmoid-gate,pixel-ap,"), table);
    String frozen = Files.readString(folder.resolve("study/study.json"));
    assertTrue(frozen.contains("\"plugin\": \"gated-cnn sigmoid-gate\""), frozen);
  }

  /** Maven's local repository by links, less our own artifacts: what a user's machine has. */
  private static Path repositoryWithoutUs() throws IOException {
    Path ours = Path.of(System.getProperty("maven.repository"));
    Path theirs = Files.createDirectories(outside.resolve("repository"));
    link(ours, theirs, "org");
    link(ours.resolve("org"), Files.createDirectories(theirs.resolve("org")), "uniass");
    return theirs;
  }

  private static void link(Path from, Path to, String except) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
