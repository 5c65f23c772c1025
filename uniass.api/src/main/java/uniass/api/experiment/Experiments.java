/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.metric.Scores;
import uniass.api.network.NetworkCost;

/**
 * Checks, trains and evaluates experiments; scores stored anomaly maps; converts model files. Every
 * error is a {@link uniass.api.UniassException} of one line, or of one line per problem if an
 * experiment has several. Methods may be called from several threads; runs that need the device
 * wait for each other.
 *
 * <pre>{@code
 * Experiment experiment = experiments.read("demo", List.of("train.epochs=10"));
 * TrainingResult trained =
 *     experiments.train(experiment, new TrainingOptions(null, false, false), Progress.NONE);
 * EvaluationResult result =
 *     experiments.evaluate(
 *         experiment,
 *         new EvaluationOptions(trained.model(), null, false, true, false, Optional.empty()),
 *         Progress.NONE);
 * double pixelAp = result.mean().get("pixel-ap");
 * }</pre>
 */
@ProviderType
public interface Experiments {

  /** The plug-ins that are there now, by type and name. */
  List<PluginInfo> plugins();

  /** All settings of experiments, in the order in which they are written. */
  List<SettingInfo> settings();

  /** The settings that a plug-in declares. */
  List<SettingInfo> settings(PluginInfo plugin);

  /** Names of the experiments that travel with the product. */
  List<String> shipped();

  /**
   * Reads an experiment and checks every setting, also against the parts that it names.
   *
   * @param source a file, or the name of a shipped experiment
   * @param overrides settings that replace the file's, each {@code key.key=value}
   */
  Experiment read(String source, List<String> overrides);

  /**
   * Reads an experiment from a text, as a program composes it.
   *
   * @param name stands for the file's name: in messages, and as the experiment's name if the text
   *     has none
   * @param yaml what a file would hold; relative paths are relative to the working directory
   */
  Experiment parse(String name, String yaml);

  /** Finds all that is wrong with the experiment's data set and network; trains nothing. */
  DatasetCheck check(Experiment experiment, Progress progress);

  /**
   * Paints synthetic defects on normal images of the experiment's data set, those that were not
   * trained on if there are some, and counts by size how many a model finds.
   *
   * @param model a model file with thresholds
   * @return from small to large, without sizes that did not come
   */
  List<FoundDefects> findSynthetic(Experiment experiment, Path model, Progress progress);

  /**
   * Trains.
   *
   * @param progress is asked at each batch whether to stop
   * @throws RunStoppedException if the run was stopped before its end; a checkpoint is saved
   */
  TrainingResult train(Experiment experiment, TrainingOptions options, Progress progress);

  /**
   * How many normal images a training holds out, so that a loss can be measured by what it does not
   * learn from. The data set is listed and the network built; nothing is trained.
   *
   * @throws uniass.api.UniassException if there is none, or if the network is fitted in one pass
   */
  int heldOut(Experiment experiment);

  /**
   * Trains up to the end of an epoch, and leaves a checkpoint there: {@link #train} with {@code
   * resume} goes on from it, and its model has the bytes of a training that was not interrupted.
   *
   * @param epochs at least 1; a training that is there or further already is only measured
   * @return the mean loss of the normal images that are held out
   * @throws RunStoppedException if the run was stopped before; a checkpoint is saved
   * @throws uniass.api.UniassException if no image is held out, or if the network is fitted in one
   *     pass
   */
  double trainTo(Experiment experiment, int epochs, TrainingOptions options, Progress progress);

  /**
   * Computes the metrics of a model file over the experiment's test images.
   *
   * @throws UnwrittenResultException with the {@link EvaluationResult}, if files could not be
   *     written
   */
  EvaluationResult evaluate(Experiment experiment, EvaluationOptions options, Progress progress);

  /**
   * Computes the metrics of anomaly maps that any program wrote.
   *
   * @throws UnwrittenResultException with the {@link MapScoringResult}, if files could not be
   *     written
   */
  MapScoringResult score(MapScoringOptions options, Progress progress);

  /** Rewrites a model file, also one of PyTorch, as safetensors under the names of a network. */
  ConversionReport convert(ConversionOptions options);

  /** The runs that are waiting or running, oldest first. */
  List<RunInfo> runs();

  /**
   * Stops a run at its next batch.
   *
   * @return whether there is such a run
   */
  boolean cancel(String run);

  /**
   * What a data set holds, and what the network costs.
   *
   * @param counts images by category, then by kind: {@code train}, {@code validation}, {@code
   *     test-normal}, {@code test-anomalous}, {@code test-unknown}
   * @param problems all that is wrong
   * @param network empty if it cannot be built, or if it is fitted in one pass and so has no size
   *     before
   */
  record DatasetCheck(
      Map<String, Map<String, Integer>> counts,
      List<Problem> problems,
      Optional<NetworkCost> network) {}

  /**
   * Synthetic defects of about one size, and how many of them are found: somewhere on them the map
   * is above the threshold of the image's category.
   *
   * @param from smallest size: the square root of the covered pixels, at the network's image size
   * @param to all are smaller; {@link Integer#MAX_VALUE} if there is no limit
   * @param painted how many there are
   * @param found how many are found
   */
  record FoundDefects(int from, int to, int painted, int found) {}

  /**
   * Where a training writes.
   *
   * @param out its folder, or null for {@code runs/NAME} below the working directory
   * @param resume go on from the folder's last checkpoint, or start if there is none
   * @param force write into a folder that exists
   * @param provenance where the model comes from, which its metadata then has under {@link
   *     #PROVENANCE}; empty for nothing
   */
  record TrainingOptions(Path out, boolean resume, boolean force, Optional<String> provenance) {

    /** Key of a model's metadata: the study, data and plug-ins that it comes from, as JSON. */
    public static final String PROVENANCE = "uniass.provenance";

    /** Without provenance. */
    public TrainingOptions(Path out, boolean resume, boolean force) {
      this(out, resume, force, Optional.empty());
    }

    /** With what the model is to say about its origin; no clock, host or path may stand in it. */
    public TrainingOptions withProvenance(String json) {
      return new TrainingOptions(out, resume, force, Optional.of(json));
    }
  }

  /**
   * What a training left.
   *
   * @param run the run's identifier
   * @param out the folder
   * @param model the model file
   * @param selected how the state was chosen: {@code last}, {@code normal-split} or {@code test}
   * @param epoch the epoch after which the model is, counted from 1
   * @param steps steps taken in all
   * @param loss mean loss of the last epoch
   * @param history one row an epoch, by column
   * @param warnings what the user should know
   */
  record TrainingResult(
      String run,
      Path out,
      Path model,
      String selected,
      int epoch,
      long steps,
      double loss,
      List<Map<String, Double>> history,
      List<String> warnings) {}

  /**
   * How to evaluate.
   *
   * @param model a model file
   * @param out folder of the results, or null for the model's
   * @param maps whether to write one {@code .npy} an image
   * @param report whether to write {@code report.html}
   * @param baselines whether to evaluate, beside the model, what gives its figures a meaning:
   *     {@code untrained}, the same network with its first weights; {@code mean-picture}, the plain
   *     distance to the mean of a category's training images; and {@code memory-bank}, a memory
   *     bank of the training images with the same backbone
   * @param beside a second model file; the report shows its maps beside the model's
   */
  record EvaluationOptions(
      Path model,
      Path out,
      boolean maps,
      boolean report,
      boolean baselines,
      Optional<Path> beside) {}

  /**
   * Figures by category, then by metric; NaN where a figure is not defined.
   *
   * @param categories per category
   * @param mean over the categories for which a figure is defined
   * @param baselines the means of each baseline, by its name; empty unless asked for
   * @param images number of images evaluated
   * @param files what was written, by kind
   * @param notes what the user should know
   * @param verdicts counts by each category's own threshold, then by the common one; empty if the
   *     model has no thresholds
   * @param calibration how its thresholds were found, nothing if it has none
   */
  record EvaluationResult(
      Map<String, Map<String, Double>> categories,
      Map<String, Double> mean,
      Map<String, Map<String, Double>> baselines,
      int images,
      Map<String, Path> files,
      List<String> notes,
      List<VerdictCounts> verdicts,
      Optional<CalibrationInfo> calibration) {}

  /**
   * Right and wrong verdicts on test images.
   *
   * @param category the category; nothing for all of them by the common threshold
   * @param caught anomalous images that are called so
   * @param missed anomalous images that are not
   * @param falseAlarms normal images that are called anomalous
   * @param passed normal images that are not
   * @param threshold of image scores; for all categories, of normalized scores, if there is one
   * @param rate the false-alarm rate that the threshold was made for
   */
  record VerdictCounts(
      Optional<String> category,
      int caught,
      int missed,
      int falseAlarms,
      int passed,
      double threshold,
      double rate) {}

  /**
   * How thresholds were found.
   *
   * @param method the name of the threshold method
   * @param heldOut number of normal images that were not trained on
   * @param imageScore the name of the image score that they decide by
   */
  record CalibrationInfo(String method, int heldOut, String imageScore) {}

  /**
   * The metrics of stored anomaly maps.
   *
   * @param scores one per evaluation protocol, in the order asked for
   * @param notes what the user should know
   */
  record MapScoringResult(List<Scores> scores, List<String> notes) {}
}
