/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Split;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.inspection.UnreadableImageException;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.CalibrationSummary;
import uniass.inference.model.ModelMetadata;
import uniass.inference.testing.TinyDataset;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CalibrationTest {

  private final TinyTraining training = new TinyTraining();
  private Path data;
  private Path model;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    data = TinyDataset.write(folder.resolve("data"), 20, 1, 32);
    ExperimentSpec spec =
        training.spec(data, "train.epochs=1", "train.batch=8", "calibrate.false-alarm-rate=0.1");
    model = training.train(spec, folder.resolve("run"), false, Progress.NONE).model();
  }

  private List<Path> images() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(f -> f.toString().contains("train/good/0")).sorted().toList();
    }
  }

  private Map<Path, Verdict> verdicts(List<Path> files, int batch, String category) {
    Map<Path, Verdict> verdicts = new HashMap<>();
    InspectionOptions common = InspectionOptions.defaults().withDevice("cpu").withBatch(batch);
    InspectionOptions options = category == null ? common : common.withCategory(category);
    try (Inspector inspector = training.rig.inspection().open(model, options)) {
      inspector.inspect(
          files,
          new Inspector.Results() {
            @Override
            public void accept(int index, Prediction result) {
              verdicts.put(files.get(index), result.verdict());
            }

            @Override
            public void failed(int index, UnreadableImageException failure) {
              throw new AssertionError(failure);
            }
          });
    }
    return verdicts;
  }

  @Test
  void aVerdictDependsOnTheImageAndTheModelAlone() throws IOException {
    List<Path> files = new ArrayList<>(images());
    assertEquals(40, files.size());
    Random random = new Random(3);
    Map<Path, Verdict> alone = verdicts(files, 1, null);
    Map<Path, Verdict> dots = verdicts(files, 1, "dots");
    assertTrue(alone.containsValue(Verdict.NORMAL));
    for (int batch = 2; batch <= 8; batch++) {
      Collections.shuffle(files, random); // other neighbors
      JniUtils.setNumThreads(1 + batch % 2);
      assertEquals(alone, verdicts(files, batch, null), "batches of " + batch);
    }
    assertEquals(dots, verdicts(files, 7, "dots"));
  }

  @Test
  void theModelSaysHowItsThresholdsWereFound() {
    ModelMetadata metadata =
        new ModelMetadata(training.services.checkpoints().read(model).metadata());
    CalibrationSummary summary = metadata.calibration().orElseThrow();
    assertEquals("tail", summary.method());
    assertEquals(8, summary.heldOut());
    assertEquals(32, summary.trained());
    assertTrue(summary.spread() < 1e-3, "spread " + summary.spread());
    assertEquals(
        "8 held-out and 32 trained normal images", metadata.thresholdSource().orElseThrow());
    assertEquals(20, metadata.thresholds().get("dots").images() + odd(summary, "dots"));
  }

  private static int odd(CalibrationSummary summary, String category) {
    return summary.setAside().getOrDefault(category, List.of()).size();
  }

  private static Dataset normal(int dots, int lines) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < dots; i++) {
      images.add(Image.normal("dots/" + i + ".png", "dots", Split.TRAIN));
    }
    for (int i = 0; i < lines; i++) {
      images.add(Image.normal("lines/" + i + ".png", "lines", Split.TRAIN));
    }
    return new Dataset(Path.of("root"), images, List.of(), List.of());
  }

  private TrainingImages images(Dataset dataset, String... settings) {
    ExperimentSpec spec = training.spec(data, settings);
    return TrainingImages.of(dataset, spec.train(), spec.calibrate().heldOut());
  }

  @Test
  void aFifthOfACategoryWithTwentyImagesIsHeldOut() {
    TrainingImages images = images(normal(30, 19));
    Set<Image> trained = new HashSet<>(images.train());
    assertEquals(6, images.calibration().unseen().size());
    assertTrue(images.calibration().unseen().stream().noneMatch(trained::contains));
    assertTrue(images.calibration().unseen().stream().allMatch(i -> i.category().equals("dots")));
    assertEquals(43, images.train().size());
    assertEquals(images.train(), images.calibration().trained());
    assertTrue(images.heldOut().isEmpty(), "no state is chosen by them");
  }

  @Test
  void theSeedDecidesWhatIsHeldOut() {
    List<Image> first = images(normal(30, 30)).calibration().unseen();
    assertEquals(first, images(normal(30, 30)).calibration().unseen());
    assertNotEquals(first, images(normal(30, 30), "train.seed=7").calibration().unseen());
  }

  @Test
  void eachImageIsInOneFoldAndTheOthersAreFittedTo() {
    TrainingImages images = images(normal(30, 3), "calibrate.held-out=0");
    assertEquals(33, images.train().size(), "none is held out");
    List<TrainingImages> folds = images.folds(images.train(), 4, 1);
    assertEquals(4, folds.size());
    List<Image> scored = new ArrayList<>();
    for (TrainingImages fold : folds) {
      List<Image> unseen = fold.calibration().unseen();
      scored.addAll(unseen);
      assertTrue(unseen.stream().noneMatch(fold.train()::contains));
      assertEquals(33, fold.train().size() + unseen.size());
      assertTrue(unseen.stream().filter(i -> i.category().equals("lines")).count() <= 1);
    }
    assertEquals(33, scored.size());
    assertEquals(new HashSet<>(images.train()), new HashSet<>(scored));
    TrainingImages few = images(normal(2, 0));
    assertEquals(2, few.folds(few.train(), 4, 1).size(), "no empty fold");
  }

  @Test
  void nothingIsHeldOutIfNotWanted() {
    TrainingImages images = images(normal(30, 30), "calibrate.held-out=0");
    assertEquals(60, images.train().size());
    assertTrue(images.calibration().unseen().isEmpty());
    assertFalse(images.calibration().source().contains("held-out"));
  }
}
