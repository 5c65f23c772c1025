/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.inference.testing.TinyDataset;
import uniass.runner.history.History;

/** What training does when numbers get out of hand, or nothing gets better. */
class GuardsTest {

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();

  private TrainingResult train(String out, String... more) throws IOException {
    Path data = folder.resolve("data");
    if (!Files.exists(data)) {
      TinyDataset.write(data, 4, 1, 32);
    }
    return training.train(training.spec(data, more), folder.resolve(out), false, Progress.NONE);
  }

  private String failure(String out, String... more) {
    return assertThrows(UniassException.class, () -> train(out, more)).getMessage();
  }

  @Test
  void aRateThatBlowsUpStopsTheRunWithStepPlaceAndCheckpoint() {
    String wild = failure("wild", "train.learning-rate=10", "train.clip=0", "train.batch=8");
    assertTrue(
        wild.matches(
            "step \\d+: the (loss|gradient) is not finite \\(.*'\\w.*'.*\\);"
                + " last good checkpoint: .*epoch-\\d+.safetensors; lower train.learning-rate.*"),
        wild);
  }

  @Test
  void anEpochThatIsSkippedAsAWholeEndsTheRun() {
    String skipped =
        failure(
            "skipped",
            "train.learning-rate=10",
            "train.clip=0",
            "train.batch=8",
            "train.non-finite=skip");
    assertTrue(
        skipped.matches(
            "epoch \\d+: every batch was skipped, .*; last good checkpoint:"
                + " .*epoch-\\d+.safetensors; lower train.learning-rate"),
        skipped);
    assertFalse(Files.exists(folder.resolve("skipped/model.safetensors")));
  }

  @Test
  void skippedBatchesAreCounted() throws IOException {
    TrainingResult result =
        train(
            "some",
            "train.learning-rate=10",
            "train.clip=0",
            "train.epochs=1",
            "train.batch=1",
            "train.non-finite=skip");
    double skipped = result.history().get(0).get(History.SKIPPED);
    assertTrue(skipped > 0, result.history().toString());
    assertTrue(
        result.warnings().get(0).startsWith((int) skipped + " of 8 batches were skipped"),
        result.warnings().toString());
  }

  @Test
  void aLossThatDoesNotFallIsReportedAndEndsTrainingEarlyIfAsked() throws IOException {
    TrainingResult early =
        train("early", "train.learning-rate=0.3", "train.epochs=8", "train.early-stopping=4");
    int epochs = early.history().size();
    assertTrue(epochs < 8, early.history().toString());
    assertTrue(
        early.warnings().get(0).startsWith("the loss does not fall: "),
        early.warnings() + " " + early.history());
    String last = early.warnings().get(1);
    assertEquals("ended early, after epoch " + epochs + " of 8: no gain in 4 epochs", last);
  }
}
