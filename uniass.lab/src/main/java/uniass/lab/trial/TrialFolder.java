/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** What one trial leaves: its model, results, costs, or why it failed. */
public final class TrialFolder {

  private static final String RESULT = "result.json";
  private static final String COST = "cost.json";
  private static final String HELD_OUT = "held-out-%d.json";
  private static final String FAILURE = "failed.txt";

  private final Path folder;

  TrialFolder(Path folder) {
    this.folder = folder;
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** The trained model. */
  public Path model() {
    return folder.resolve("model.safetensors");
  }

  /** Anomaly maps that the page shows. */
  public Path shown() {
    return folder.resolve("shown");
  }

  /** The result, if the trial is done. */
  public Optional<TrialResult> result() {
    return StudyFolder.read(folder.resolve(RESULT), TrialResult.class);
  }

  /** What the trial cost, if it is done. */
  public Optional<TrialCost> cost() {
    return StudyFolder.read(folder.resolve(COST), TrialCost.class);
  }

  /** What the study's rule compares, if the trial is measured in a round. */
  Optional<HeldOut> heldOut(int round) {
    return StudyFolder.read(folder.resolve(HELD_OUT.formatted(round)), HeldOut.class);
  }

  /** Notes what the study's rule compares. */
  void measured(int round, HeldOut loss) {
    StudyFolder.write(folder.resolve(HELD_OUT.formatted(round)), loss);
    Outputs.deleteQuietly(folder.resolve(FAILURE));
  }

  /** Deletes what the trial would need to go on. */
  void forgetCheckpoints() {
    delete(folder.resolve("checkpoints"));
  }

  /** Why it failed, if it did. */
  public Optional<String> failure() {
    Path file = folder.resolve(FAILURE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  /** How long the training worked; 0 if unknown. */
  double trainingSeconds() {
    return StudyFolder.read(folder.resolve("training-time.json"), TrainingTime.class)
        .map(TrainingTime::seconds)
        .orElse(0.0);
  }

  /** The part of a training's note that counts here. */
  private record TrainingTime(double seconds) {}

  /** Notes the end of the trial; what it needed to go on is no longer needed. */
  void done(TrialResult result, TrialCost cost) {
    StudyFolder.write(folder.resolve(COST), cost);
    StudyFolder.write(folder.resolve(RESULT), result);
    Outputs.deleteQuietly(folder.resolve(FAILURE));
    forgetCheckpoints();
  }

  /** Notes why the trial failed. */
  void failed(String cause) {
    Outputs.makeFolder(folder);
    Outputs.write(folder.resolve(FAILURE), cause + "\n");
  }

  private static void delete(Path below) {
    if (!Files.isDirectory(below)) {
      return;
    }
    try (Stream<Path> files = Files.walk(below)) {
      files.sorted(Comparator.reverseOrder()).forEach(Outputs::deleteQuietly);
    } catch (IOException e) {
      throw new UniassException(below + " cannot be read: " + Outputs.reason(e), e);
    }
  }
}
