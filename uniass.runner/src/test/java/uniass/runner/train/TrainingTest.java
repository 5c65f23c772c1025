/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.api.experiment.RunStoppedException;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.testing.TinyDataset;

class TrainingTest {

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();

  private ExperimentSpec tiny(String... more) throws IOException {
    Path data = folder.resolve("data");
    if (!Files.exists(data)) {
      TinyDataset.write(data, 5, 2, 32);
    }
    return training.spec(data, more);
  }

  private TrainingResult train(ExperimentSpec spec, String out, boolean resume, Progress progress) {
    return training.train(spec, folder.resolve(out), resume, progress);
  }

  /** Cancels at the n-th question. */
  private static Progress canceledAt(int question) {
    return new Progress() {
      private int asked;

      @Override
      public void step(String task, long done, long total) {}

      @Override
      public boolean canceled() {
        return ++asked >= question;
      }
    };
  }

  @Test
  void lossFallsAndTheFilesAreThere() throws IOException {
    TrainingResult result = train(tiny("train.epochs=6"), "run", false, Progress.NONE);
    assertEquals(6, result.history().size());
    assertTrue(result.loss() < result.history().get(0).get("loss"), result.history().toString());
    for (String file : List.of("model.safetensors", "history.csv", "experiment.yaml")) {
      assertTrue(Files.exists(folder.resolve("run").resolve(file)), file);
    }
    try (var files = Files.list(folder.resolve("run/checkpoints"))) {
      assertEquals(
          List.of("epoch-0005.safetensors", "epoch-0006.safetensors"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void stoppedAndResumedRunsEndWithTheSameBytes() throws IOException {
    ExperimentSpec spec =
        tiny(
            "train.ema=0.9",
            "train.accumulate=2",
            "train.select=normal-split",
            "train.validate-every=1");
    train(spec, "whole", false, Progress.NONE);
    assertThrows(RunStoppedException.class, () -> train(spec, "parts", false, canceledAt(4)));
    assertThrows(RunStoppedException.class, () -> train(spec, "parts", true, canceledAt(6)));
    train(spec, "parts", true, Progress.NONE);
    for (String file : List.of("model.safetensors", "history.csv")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("whole").resolve(file)),
          Files.readAllBytes(folder.resolve("parts").resolve(file)),
          file);
    }
  }

  @Test
  void aDamagedCheckpointIsNoticedAndTheOneBeforeItUsed() throws IOException {
    ExperimentSpec spec = tiny();
    train(spec, "whole", false, Progress.NONE);
    train(spec, "damaged", false, Progress.NONE);
    Path newest = folder.resolve("damaged/checkpoints/epoch-0003.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);
    TrainingResult result = train(spec, "damaged", true, Progress.NONE);
    assertEquals(2, result.warnings().size(), "one line about thresholds: " + result.warnings());
    assertTrue(
        result
            .warnings()
            .get(1)
            .contains("normal images to calibrate with, and a false-alarm rate"),
        result.warnings().toString());
    assertTrue(result.warnings().get(0).contains("epoch-0003"), result.warnings().get(0));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("whole/model.safetensors")),
        Files.readAllBytes(folder.resolve("damaged/model.safetensors")));
  }

  @Test
  void losingAPluginStopsTheRunAndNamesIt() throws IOException {
    ExperimentSpec spec = tiny();
    Progress removing =
        new Progress() {
          @Override
          public void step(String task, long done, long total) {
            if (task.startsWith("epoch 2/")) {
              training.plugins.remove("mgg-cnn");
            }
          }

          @Override
          public boolean canceled() {
            return false;
          }
        };
    RunStoppedException e =
        assertThrows(RunStoppedException.class, () -> train(spec, "lost", false, removing));
    assertTrue(
        e.getMessage().contains("gated CNN 'mgg-cnn' of uniass.model is gone"), e.getMessage());
    assertTrue(e.getMessage().contains("checkpoints"), e.getMessage());
  }

  @Test
  void anUntrainableBackboneIsRefusedWithTheFix() throws IOException {
    ExperimentSpec spec = tiny("model.backbone=efficientnet-lite0");
    UniassException e =
        assertThrows(UniassException.class, () -> train(spec, "bare", false, Progress.NONE));
    assertTrue(e.getMessage().contains("model.backbone.weights"), e.getMessage());
  }

  @Test
  void anExistingRunIsRefused() throws IOException {
    ExperimentSpec spec = tiny("train.epochs=1");
    train(spec, "once", false, Progress.NONE);
    UniassException e =
        assertThrows(UniassException.class, () -> train(spec, "once", false, Progress.NONE));
    assertTrue(e.getMessage().contains("--resume"), e.getMessage());
  }
}
