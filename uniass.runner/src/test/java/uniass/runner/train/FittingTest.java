/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelMetadata;
import uniass.inference.testing.TinyDataset;

/** A network that is fitted in one pass goes through the doors that others go through. */
class FittingTest {

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();

  private ExperimentSpec bank(Path data, String... more) {
    return training.bank(data, "size: 20", more);
  }

  private TrainingResult train(ExperimentSpec spec, String out, boolean resume) {
    return training.train(spec, folder.resolve(out), resume, Progress.NONE);
  }

  @Test
  void fitsInOneEpochResumesAndFindsADefect() throws IOException {
    Path data = TinyDataset.write(folder.resolve("data"), 4, 1, 32);
    TrainingResult result = train(bank(data), "once", false);
    assertEquals(1, result.history().size());
    assertTrue(result.loss() > 0, result.loss() + "");
    byte[] model = Files.readAllBytes(result.model());
    Files.delete(result.model());
    train(bank(data), "once", true);
    assertArrayEquals(model, Files.readAllBytes(result.model()), "resumed: only finished");
    assertArrayEquals(
        model, Files.readAllBytes(train(bank(data), "again", false).model()), "equal runs");

    try (Inspector inspector =
        training.rig.inspection().open(result.model(), InspectionOptions.defaults())) {
      double good = inspector.inspect(data.resolve("dots/test/good/000.png")).score();
      double bad = inspector.inspect(data.resolve("dots/test/spot/000.png")).score();
      assertTrue(bad > good, bad + " against " + good);
    }
  }

  @Test
  void oneImagePerCategoryIsEnough() throws IOException {
    Path data = TinyDataset.write(folder.resolve("data"), 1, 1, 32);
    TrainingResult result = train(bank(data, "model.network.size=500"), "few", false);
    assertTrue(
        result.warnings().stream().anyMatch(w -> w.startsWith("the memory bank has ")),
        result.warnings() + "");
  }

  @Test
  void foldsCalibrateWithImagesThatItsOwnNetworkHasNotSeen() throws IOException {
    Path data = TinyDataset.write(folder.resolve("data"), 6, 1, 32);
    TrainingResult result =
        train(bank(data, "calibrate.folds=3", "model.network.size=1000"), "folds", false);
    ModelMetadata metadata =
        new ModelMetadata(training.services.checkpoints().read(result.model()).metadata());
    assertEquals(
        "12 normal images, each scored by a network that was fitted without it",
        metadata.thresholdSource().orElseThrow());
    assertEquals(12, metadata.calibration().orElseThrow().heldOut());
    assertEquals(6, metadata.thresholds().get("dots").images());
    double fitted = 0;
    try (Inspector inspector =
        training.rig.inspection().open(result.model(), InspectionOptions.defaults())) {
      fitted = inspector.inspect(data.resolve("dots/train/good/000.png")).score();
    }
    double threshold = metadata.thresholds().get("dots").value();
    assertTrue(threshold > 2 * fitted, threshold + " against " + fitted);
    byte[] model = Files.readAllBytes(result.model());
    Files.delete(result.model());
    train(bank(data, "calibrate.folds=3", "model.network.size=1000"), "folds", true);
    assertArrayEquals(model, Files.readAllBytes(result.model()), "resumed: only finished");
  }

  @Test
  void settingsThatMeanNothingWithItAreRefusedAndNotWritten() throws IOException {
    Path data = TinyDataset.write(folder.resolve("data"), 1, 1, 32);
    String refused =
        assertThrows(UniassException.class, () -> bank(data, "model.hidden=64")).getMessage();
    assertTrue(
        refused.contains("model.hidden means nothing with network 'memory-bank'; leave it out"),
        refused);
    assertTrue(!bank(data).yaml().contains("hidden"), bank(data).yaml());
  }
}
