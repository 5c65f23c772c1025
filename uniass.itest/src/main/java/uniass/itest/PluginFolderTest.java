package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.CommandLine;

/** Bundles that are put into the plug-in folder, and taken away, while the framework runs. */
class PluginFolderTest {

  private static final Duration SECONDS = Duration.ofSeconds(20);

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = 120_000)
  CommandLine commandLine;

  @TempDir Path folder;

  @AfterEach
  void takeAway() throws IOException {
    Files.deleteIfExists(jar());
  }

  @Test
  void aDroppedPluginIsListedUsedAndMissedInMidRun() throws Exception {
    assertFalse(isListed(), "not there before");
    DroppedBundle.write(jar());
    await("the plug-in is listed", this::isListed);

    Path experiment = Tiny.experiment(commandLine, folder, DroppedBundle.NAME, 1000);
    Path run = folder.resolve("run");
    CompletableFuture<Outcome> training =
        CompletableFuture.supplyAsync(
            () -> Outcome.of(commandLine, "train", experiment.toString(), "--out", run.toString()));
    await("an epoch is done", () -> training.isDone() || checkpoints(run) > 0);
    assertFalse(training.isDone(), () -> "the run ended early: " + training.join().err());

    Files.delete(jar());
    Outcome outcome = training.get(60, TimeUnit.SECONDS);
    assertEquals(CommandLine.FAILED, outcome.code(), outcome.err());
    assertTrue(outcome.lastError().contains(DroppedBundle.NAME), outcome.err());
    assertTrue(outcome.lastError().contains("checkpoint"), outcome.err());
    assertTrue(checkpoints(run) > 0, "the checkpoint is there");
    await("the plug-in is gone", () -> !isListed());

    DroppedBundle.write(jar());
    await("the plug-in is back", this::isListed);
    Path shorter = Tiny.experiment(commandLine, folder, DroppedBundle.NAME, 1);
    Outcome.of(
            commandLine, "train", shorter.toString(), "--out", folder.resolve("again").toString())
        .done();
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

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, what + " within " + SECONDS.toSeconds() + " s");
      Thread.sleep(100);
    }
  }
}
