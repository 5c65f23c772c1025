/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.experiment.RunStoppedException;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.testing.TinyDataset;

/** What a run leaves that ends elsewhere than between two batches. */
class UnusualEndsTest {

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();
  private ExperimentSpec spec;
  private Path whole;
  private Path run;

  @BeforeEach
  void trainsOnceWithoutDisturbance() throws IOException {
    Path data = TinyDataset.write(folder.resolve("data"), 5, 2, 32);
    spec =
        training.spec(
            data, "train.validate-every=1", "train.checkpoint-every=3", "train.select=last");
    whole = folder.resolve("whole");
    run = folder.resolve("run");
    training.train(spec, whole, false, Progress.NONE);
  }

  @Test
  void aRunStoppedInAValidationKeepsItsEpoch() throws IOException {
    RunStoppedException e =
        assertThrows(
            RunStoppedException.class, () -> training.train(spec, run, false, inValidation()));
    assertTrue(e.getMessage().contains("epoch-0001-batch-"), e.getMessage());
    training.train(spec, run, true, Progress.NONE);
    assertSame("model.safetensors");
    assertSame("history.csv");
  }

  @Test
  void aHistoryThatIsBehindTheCheckpointIsBroughtUp() throws IOException {
    training.train(spec, run, false, Progress.NONE);
    Files.writeString(run.resolve("history.csv"), "epoch\n");
    Files.write(run.resolve("tensorboard/events.out.tfevents.uniass"), new byte[] {1, 2, 3});
    training.train(spec, run, true, Progress.NONE);
    assertSame("history.csv");
    String events = "tensorboard/events.out.tfevents.uniass";
    assertTrue(Files.size(run.resolve(events)) == Files.size(whole.resolve(events)));
  }

  @Test
  void whatAKilledProcessWasWritingIsDeleted() throws IOException {
    training.train(spec, run, false, Progress.NONE);
    Path checkpoint = run.resolve("checkpoints/.epoch-0002.safetensors.0-1.tmp");
    Path model = run.resolve(".model.safetensors.0-1.tmp");
    Path history = run.resolve(".history.csv.0-1.tmp");
    Path own = run.resolve(".own.tmp");
    for (Path file : List.of(checkpoint, model, history, own)) {
      Files.writeString(file, "half");
    }
    training.train(spec, run, true, Progress.NONE);
    assertTrue(Files.notExists(checkpoint) && Files.notExists(model) && Files.notExists(history));
    assertTrue(Files.exists(own));
  }

  /** Cancels in the validation after the second of three epochs. */
  private static Progress inValidation() {
    return new Progress() {
      private boolean epochDone;
      private int asked;

      @Override
      public void step(String task, long done, long total) {
        epochDone |= task.startsWith("epoch 2/") && done * 3 == total * 2;
      }

      @Override
      public boolean canceled() {
        // the loop itself asks once more before it finds that the epoch has no further batch
        return epochDone && ++asked > 1;
      }
    };
  }

  private void assertSame(String file) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(run.resolve(file)), file);
  }
}
