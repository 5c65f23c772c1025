/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.Progress;
import uniass.api.checkpoint.TensorData;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.inference.model.ModelLoader;
import uniass.inference.model.ModelMetadata;
import uniass.inference.testing.TinyDataset;
import uniass.runner.history.History;

/** Which state a model file holds. */
class ChoiceTest {

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();
  private Path data;

  @BeforeEach
  void draw() throws IOException {
    data = TinyDataset.write(folder.resolve("data"), 5, 2, 32);
  }

  private TrainingResult train(String out, String... more) {
    return training.train(training.spec(data, more), folder.resolve(out), false, Progress.NONE);
  }

  private Map<String, TensorData> tensors(Path file) {
    return training.services.checkpoints().read(file).tensors();
  }

  private Map<String, TensorData> checkpoint(TrainingResult result, int epoch) {
    return tensors(result.out().resolve("checkpoints/epoch-%04d.safetensors".formatted(epoch)));
  }

  /** Every tensor of a model is the checkpoint's of the same name, after a prefix. */
  private static void assertHolds(
      Map<String, TensorData> model, Map<String, TensorData> checkpoint, String prefix) {
    int compared = 0;
    for (Map.Entry<String, TensorData> entry : model.entrySet()) {
      TensorData other = checkpoint.get(prefix + entry.getKey());
      if (other != null) {
        assertEquals(other.data(), entry.getValue().data(), entry.getKey());
        compared++;
      }
    }
    assertTrue(compared > 50, compared + " tensors compared");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"pixel-ap | pixel-ap", "{ name: aupro, limit: 0.2 } | aupro-0.2"})
  void testImagesChooseTheEpochWithTheBestMetricValue(String metric, String name) {
    TrainingResult result =
        train(
            name,
            "train.select=test",
            "train.validate-every=1",
            "train.metrics=[" + metric + "]",
            "train.epochs=4",
            "train.learning-rate=0.03");
    String column = History.TEST + name;
    double best =
        result.history().stream()
            .map(row -> row.get(column))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    assertEquals(best, result.history().get(result.epoch() - 1).get(column));
    assertTrue(
        result.history().stream().map(row -> row.get(column)).distinct().count() > 1,
        "else there was nothing to choose");
    assertHolds(tensors(result.model()), checkpoint(result, result.epoch()), "");
    assertEquals(
        "the best test-" + name + " (chosen by test images), epoch " + result.epoch(),
        new ModelMetadata(training.services.checkpoints().read(result.model()).metadata())
            .selected()
            .orElseThrow());
  }

  @Test
  void theModelHoldsTheAverageOfTheWeights() {
    TrainingResult result = train("ema", "train.ema=0.5", "train.epochs=1");
    assertHolds(
        tensors(result.model()), checkpoint(result, 1), ModelLoader.STATE_PREFIX + "average.");
  }

  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    String[] still = {
      "model.jitter.probability=0",
      "model.pixel-decoder.dropout=0",
      "model.attention.dropout=0",
      "train.epochs=2"
    };
    String[] parts = java.util.Arrays.copyOf(still, 6);
    parts[4] = "train.batch=2";
    parts[5] = "train.accumulate=5";
    String[] whole = java.util.Arrays.copyOf(still, 5);
    whole[4] = "train.batch=10";
    TrainingResult accumulated = train("parts", parts);
    TrainingResult large = train("whole", whole);
    assertEquals(2, accumulated.steps());
    assertEquals(2, large.steps());
    // the second epoch's loss is that of the parameters after the first step
    assertEquals(large.loss(), accumulated.loss(), 1e-4 * large.loss());
    assertEquals(
        large.history().get(1).get(History.NORM),
        accumulated.history().get(1).get(History.NORM),
        1e-3 * large.history().get(1).get(History.NORM));
  }
}
