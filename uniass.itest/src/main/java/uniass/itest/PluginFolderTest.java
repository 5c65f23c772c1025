/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.CommandLine;

/** Bundles that are put into the plug-in folder, and taken away, while the framework runs. */
class PluginFolderTest {

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  CommandLine commandLine;

  @TempDir Path folder;

  /** Also what a killed run of the tests left. */
  @BeforeEach
  @AfterEach
  void takeAway() throws Exception {
    Files.deleteIfExists(jar());
    Patience.await("the dropped bundle is gone", () -> !isInstalled() && !isListed());
  }

  @Test
  void aDroppedPluginIsListedUsedAndMissedInMidRun() throws Exception {
    DroppedBundle.write(jar());
    Patience.await("the plug-in is listed", this::isListed);

    Path experiment = Tiny.experiment(commandLine, folder, DroppedBundle.NAME, Tiny.ENDLESS);
    Path run = folder.resolve("run");
    try (BackgroundTraining training =
        new BackgroundTraining(commandLine, "dropped", experiment, run)) {
      Patience.await("an epoch is done", () -> training.isDone() || checkpoints(run) > 0);
      assertFalse(training.isDone(), () -> "the run ended early in " + run);

      Files.delete(jar());
      Outcome outcome = training.await();
      assertEquals(CommandLine.FAILED, outcome.code(), outcome.err());
      assertTrue(outcome.lastError().contains(DroppedBundle.NAME), outcome.err());
      assertTrue(outcome.lastError().contains("checkpoint"), outcome.err());
    }
    assertTrue(checkpoints(run) > 0, "the checkpoint is there");
    Patience.await("the plug-in is gone", () -> !isListed());

    DroppedBundle.write(jar());
    Patience.await("the plug-in is back", this::isListed);
    Path shorter = Tiny.experiment(commandLine, folder, DroppedBundle.NAME, 1);
    Outcome.of(
            commandLine, "train", shorter.toString(), "--out", folder.resolve("again").toString())
        .done();
  }

  private boolean isInstalled() {
    return Arrays.stream(context.getBundles())
        .anyMatch(bundle -> DroppedBundle.SYMBOLIC_NAME.equals(bundle.getSymbolicName()));
  }

  private boolean isListed() {
    return Outcome.of(commandLine, "list", "gated-cnn").done().out().contains(DroppedBundle.NAME);
  }

  private static long checkpoints(Path run) throws IOException {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
  }

  private Path jar() throws IOException {
    return Files.createDirectories(Path.of(context.getProperty("felix.fileinstall.dir")))
        .resolve("dropped.jar");
  }
}
