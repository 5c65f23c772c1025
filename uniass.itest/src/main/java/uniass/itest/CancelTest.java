/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

  private static final String NAME = "canceled";

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  CommandLine commandLine;

  @TempDir Path folder;

  @Test
  void aCanceledRunEndsWithACheckpointFromWhichItGoesOn() throws Exception {
    Path experiment = Tiny.experiment(commandLine, folder, "conv1x1", Tiny.ENDLESS);
    Path run = folder.resolve("run");
    CountDownLatch epochDone = new CountDownLatch(1);
    RunListener listener =
        event -> {
          if (event.kind() == Kind.EPOCH && event.run().startsWith(NAME)) {
            epochDone.countDown();
          }
        };
    ServiceRegistration<RunListener> listening =
        context.registerService(RunListener.class, listener, null);
    try (BackgroundTraining training = new BackgroundTraining(commandLine, NAME, experiment, run)) {
      Patience.await("an epoch is done", () -> epochDone.getCount() == 0 || training.isDone());
      assertFalse(training.isDone(), () -> "it ended early in " + run);
      List<String> ids = training.listed();
      assertEquals(1, ids.size(), ids.toString());
      String id = ids.get(0);
      Outcome.of(commandLine, "cancel", id).done();
      Outcome outcome = training.await();
      assertEquals(CommandLine.FAILED, outcome.code(), outcome.err());
      assertTrue(outcome.lastError().startsWith(id + " stopped: canceled"), outcome.err());
      assertTrue(outcome.lastError().contains("checkpoint"), outcome.err());
      assertEquals(List.of(), training.listed());
    } finally {
      listening.unregister();
    }

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
