/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.experiment.Experiments.FoundDefects;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.testing.TinyDataset;
import uniass.runner.evaluate.SyntheticSearch;
import uniass.runner.queue.RunQueue;

class SyntheticSearchTest {

  private static final int ROUNDS = 20;

  @TempDir Path folder;
  private final TinyTraining training = new TinyTraining();

  private List<FoundDefects> search(ExperimentSpec spec) {
    Path model = folder.resolve("out").resolve("model.safetensors");
    return new RunQueue(event -> {})
        .run(
            "check",
            "tiny",
            Progress.NONE,
            control -> new SyntheticSearch(training.services, spec, control).run(model));
  }

  @Test
  void defectsAreCountedBySizeAndFoundOrNot() throws IOException {
    Path data = TinyDataset.write(folder.resolve("data"), 4, 2, 32);
    ExperimentSpec spec = training.spec(data, "train.epochs=1");
    training.train(spec, folder.resolve("out"), false, Progress.NONE);
    List<FoundDefects> found = search(spec);
    int painted = found.stream().mapToInt(FoundDefects::painted).sum();
    assertTrue(painted > 0 && painted % ROUNDS == 0, "painted " + painted);
    for (FoundDefects row : found) {
      assertTrue(row.from() < row.to() && row.found() <= row.painted(), row.toString());
    }
    assertEquals(found, search(spec), "the same defects");
    ExperimentSpec large =
        training.spec(
            data, "dataset.synthetic={name: painted, kinds: [spot], smallest: 0.8, largest: 1}");
    assertTrue(search(large).get(0).from() >= 8, "large ones only");
  }
}
