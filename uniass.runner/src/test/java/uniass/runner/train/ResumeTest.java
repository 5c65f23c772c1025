/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.inference.model.ModelMetadata;
import uniass.inference.testing.TinyDataset;

/** What a run may be resumed with, and what it survives. */
class ResumeTest {

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();
  private Path data;

  @BeforeEach
  void draw() throws IOException {
    data = TinyDataset.write(folder.resolve("data"), 4, 2, 32);
  }

  private TrainingResult train(String out, boolean resume, String... more) {
    return training.train(training.spec(data, more), folder.resolve(out), resume, Progress.NONE);
  }

  private String refusal(String out, String... more) {
    return assertThrows(UniassException.class, () -> train(out, true, more)).getMessage();
  }

  @Test
  void onlyWhatChangesTrainingIsRefused() throws IOException {
    train("run", false, "train.epochs=2");
    byte[] model = Files.readAllBytes(folder.resolve("run/model.safetensors"));
    String fewer = refusal("run", "train.epochs=1");
    assertTrue(fewer.contains("2 epochs are done, more than train.epochs: 1"), fewer);
    String other = refusal("run", "train.epochs=2", "train.batch=2");
    assertTrue(
        other.contains("belong to another experiment: train.batch: was 4, is 2; use"), other);
    assertArrayEquals(model, Files.readAllBytes(folder.resolve("run/model.safetensors")));
    TrainingResult more =
        train(
            "run",
            true,
            "name=another",
            "train.epochs=3",
            "evaluate.metrics=[pixel-ap]",
            "calibrate.false-alarm-rate=0.2");
    assertEquals(3, more.history().size());
  }

  @Test
  void goingOnElsewhereIsSaid() throws IOException {
    train("moved", false, "train.epochs=1");
    Path note = folder.resolve("moved/environment.json");
    String here = Files.readString(note);
    assertEquals(List.of(), moves(train("moved", true, "train.epochs=1")));
    Files.writeString(note, here.replaceFirst("\"threads\": \\d+", "\"threads\": 99"));
    List<String> warnings = moves(train("moved", true, "train.epochs=2"));
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(
        warnings.get(0).startsWith("the run began elsewhere (threads: 99, now "), warnings.get(0));
    assertEquals(here, Files.readString(note), "from now on it is here");
    Files.delete(note); // as in runs of earlier versions
    assertEquals(List.of(), moves(train("moved", true, "train.epochs=2")));
  }

  private static List<String> moves(TrainingResult result) {
    return result.warnings().stream().filter(w -> w.startsWith("the run began")).toList();
  }

  @Test
  void aScheduleThatLooksAtTheLastEpochKeepsItsEpochs() {
    train("cosine", false, "train.epochs=1", "train.schedule=cosine");
    String longer = refusal("cosine", "train.epochs=2", "train.schedule=cosine");
    assertTrue(
        longer.contains("train.epochs: was 1, is 2 (the cosine schedule depends on their number"),
        longer);
  }

  @Test
  void aDamagedBestCheckpointCostsTheChoiceOnly() throws IOException {
    // steps too small to change a weight: all epochs are equal, and the first stays the best
    String[] standing = {
      "train.learning-rate=1e-12", "train.select=normal-split", "train.validate-every=1"
    };
    TrainingResult whole = train("best", false, standing);
    assertEquals(1, whole.epoch(), whole.history().toString());
    Path best = folder.resolve("best/checkpoints/epoch-0001.safetensors");
    byte[] bytes = Files.readAllBytes(best);
    bytes[bytes.length / 2] ^= 1;
    Files.write(best, bytes);
    TrainingResult again = train("best", true, standing);
    assertEquals(3, again.epoch());
    String warning = again.warnings().toString();
    assertTrue(
        warning.contains("epoch-0001") && warning.contains("the last epoch's state is used"),
        warning);
    assertEquals(
        "the last epoch, 3 (the checkpoint of the best, 1, was damaged)",
        new ModelMetadata(training.services.checkpoints().read(again.model()).metadata())
            .selected()
            .orElseThrow());
  }

  @Test
  void aValidationThatFailsCostsNoEpoch() throws IOException {
    List<String> more = new ArrayList<>(Arrays.asList("train.epochs=2", "train.validate-every=2"));
    more.add("train.checkpoint-every=2");
    String[] settings = more.toArray(String[]::new);
    train("whole", false, settings);
    Path image = data.resolve("dots/test/good/001.png");
    byte[] whole = Files.readAllBytes(image);
    Files.write(image, new byte[0]);
    String failure =
        assertThrows(UniassException.class, () -> train("run", false, settings)).getMessage();
    assertTrue(failure.contains("dots/test/good/001.png"), failure);
    assertTrue(
        Files.exists(folder.resolve("run/checkpoints/epoch-0001-batch-0002.safetensors")),
        "after all batches of the second epoch");
    Files.write(image, whole);
    train("run", true, settings);
    for (String file : List.of("model.safetensors", "history.csv")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("whole").resolve(file)),
          Files.readAllBytes(folder.resolve("run").resolve(file)),
          file);
    }
  }

  @Test
  void aTrainingThatPausesEndsWithTheSameBytes() throws IOException {
    String[] settings = {"train.epochs=3", "train.checkpoint-every=100", "train.validate-every=0"};
    assertTrue(
        assertThrows(
                UniassException.class,
                () -> training.trainTo(data, 1, folder.resolve("n"), settings))
            .getMessage()
            .startsWith("no normal images are held out; give each category at least 20 "));
    TinyDataset.write(data, 24, 2, 32);
    train("whole", false, settings);
    Path paused = folder.resolve("paused");
    double first = training.trainTo(data, 1, paused, settings);
    double again = training.trainTo(data, 1, paused, settings);
    double second = training.trainTo(data, 2, paused, settings);
    assertEquals(first, again, "a loss read from the checkpoint's state is the same");
    assertTrue(second < first, first + " then " + second);
    train("paused", true, settings);
    for (String file : List.of("model.safetensors", "history.csv")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("whole").resolve(file)),
          Files.readAllBytes(paused.resolve(file)),
          file);
    }
  }
}
