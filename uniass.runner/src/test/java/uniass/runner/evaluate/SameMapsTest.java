/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.Progress;
import uniass.api.experiment.Experiment;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.Experiments.EvaluationOptions;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.UnreadableImageException;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.inference.testing.TinyDataset;
import uniass.io.Npy;
import uniass.runner.experiment.ExperimentRunner;
import uniass.runner.queue.Services;

/** Thresholds are fitted and applied by one pipeline: a map does not depend on who asks for it. */
class SameMapsTest {

  private static final int BATCH = 3;

  @TempDir Path folder;
  private final Rig rig = new Rig(new PlainPlugins());
  private final Experiments experiments =
      new ExperimentRunner(
          new Services(
              rig.models(), rig.checkpoints(), rig.images(), rig.scoring(), rig.thresholds()),
          event -> {});

  @ParameterizedTest
  @ValueSource(strings = {"", "tiles: { size: 32, overlap: 8 },"})
  void evaluationAndInspectionGiveTheSameMapToTheLastBit(String tiles) throws IOException {
    Path data = TinyDataset.write(folder.resolve("data"), 3, 2, 48);
    Path file =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            dataset: { root: %s, %s image-size: 32 }
            model:
              backbone: { name: efficientnet-lite0, weights: random }
              hidden: 32
              pixel-decoder: { name: transformer-fpn, layers: 1, ffn: 32 }
              attention: { name: spatial-channel, ffn: 32, neighbour-mask: 1 }
            train: { epochs: 1, batch: 4, validate-every: 0 }
            evaluate: { batch: %d }
            """
                .formatted(data, tiles, BATCH));
    Experiment experiment = experiments.read(file.toString(), List.of());
    Path model =
        experiments
            .train(
                experiment, new TrainingOptions(folder.resolve("run"), false, false), Progress.NONE)
            .model();
    Path out = folder.resolve("evaluation");
    experiments.evaluate(
        experiment,
        new EvaluationOptions(model, out, true, false, false, Optional.empty()),
        Progress.NONE);
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files =
          all.filter(p -> p.toString().contains("/test/") && p.toString().endsWith(".png"))
              .sorted()
              .toList();
    }
    int[] compared = {0};
    try (Inspector inspector =
        rig.inspection().open(model, InspectionOptions.defaults().withBatch(BATCH))) {
      Inspector.Results results =
          new Inspector.Results() {
            @Override
            public void accept(int index, Prediction prediction) {
              Path map = out.resolve("maps").resolve(data.relativize(files.get(index)) + ".npy");
              assertArrayEquals(Npy.read(map).values(), prediction.map().values());
              compared[0]++;
            }

            @Override
            public void failed(int index, UnreadableImageException failure) {
              throw failure;
            }
          };
      assertEquals(files.size(), inspector.inspect(files, results));
    }
    assertTrue(files.size() == 8 && compared[0] == 8);
  }
}
