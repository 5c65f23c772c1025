package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.RunEvent.Kind;
import uniass.api.experiment.RunListener;

/** {@code uniass:cancel} while a run works. */
class CancelTest {

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = 120_000)
  CommandLine commandLine;

  @TempDir Path folder;

  @Test
  void aCanceledRunEndsWithACheckpointFromWhichItGoesOn() throws Exception {
    Path experiment = Tiny.experiment(commandLine, folder, "conv1x1", 2000);
    Path run = folder.resolve("run");
    CountDownLatch epochDone = new CountDownLatch(1);
    RunListener listener =
        event -> {
          if (event.kind() == Kind.EPOCH) {
            epochDone.countDown();
          }
        };
    ServiceRegistration<RunListener> listening =
        context.registerService(RunListener.class, listener, null);
    try {
      CompletableFuture<Outcome> training =
          CompletableFuture.supplyAsync(
              () ->
                  Outcome.of(commandLine, "train", experiment.toString(), "--out", run.toString()));
      assertTrue(epochDone.await(60, TimeUnit.SECONDS), "an epoch is done");
      assertFalse(training.isDone(), () -> training.join().err());
      JsonArray runs =
          Outcome.of(commandLine, "cancel", "--json").done().json().getAsJsonArray("runs");
      assertEquals(1, runs.size(), runs.toString());
      String id = runs.get(0).getAsJsonObject().get("id").getAsString();
      Outcome.of(commandLine, "cancel", id).done();
      Outcome outcome = training.get(60, TimeUnit.SECONDS);
      assertEquals(CommandLine.FAILED, outcome.code(), outcome.err());
      assertTrue(outcome.lastError().startsWith(id + " stopped: canceled"), outcome.err());
      assertTrue(outcome.lastError().contains("checkpoint"), outcome.err());
    } finally {
      listening.unregister();
    }
    assertEquals("no runs", Outcome.of(commandLine, "cancel").done().out().strip());

    long epochs = Files.readAllLines(run.resolve("history.csv")).size() - 1;
    Outcome.of(
            commandLine,
            "train",
            experiment.toString(),
            "--out",
            run.toString(),
            "--resume",
            "--set",
            "train.epochs=" + (epochs + 1))
        .done();
    assertTrue(Files.exists(run.resolve("model.safetensors")));
  }
}
