package uniass.inference.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import uniass.api.data.Augmentation;
import uniass.api.data.BatchOptions;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Resize;
import uniass.api.data.Tiling;
import uniass.api.network.NetworkPlan;

/**
 * A checked experiment, defaults filled in.
 *
 * @param name its name, which is also the name of its folder
 * @param dataset the images
 * @param model the network
 * @param train the training
 * @param evaluate the evaluation
 * @param calibrate the thresholds for verdicts
 */
public record ExperimentSpec(
    String name,
    DatasetSpec dataset,
    ModelSpec model,
    TrainSpec train,
    EvaluateSpec evaluate,
    CalibrateSpec calibrate) {

  /**
   * The images.
   *
   * @param reader knows the layout
   * @param root the data set's folder; null where only the network is of interest
   * @param format what images, or their tiles, are turned into
   * @param tiles how images are cut, if they are
   * @param categories the categories to use, empty for all
   * @param augment what happens to training images; {@link #ALL} stands for all categories
   * @param balanced whether all categories are seen equally often
   * @param skipUnreadable whether images that cannot be read are left out
   */
  public record DatasetSpec(
      PartSpec reader,
      Path root,
      ImageFormat format,
      Optional<Tiling> tiles,
      List<String> categories,
      Augmentation augment,
      boolean balanced,
      boolean skipUnreadable) {

    /** The word for all categories. */
    public static final String ALL = "all";

    /** How images, or their tiles, are read for a network. */
    public BatchOptions batches(Normalization normalization, int batch, boolean masks) {
      return new BatchOptions(format, normalization, batch, masks, skipUnreadable);
    }

    /** What whole images are turned into: also where tiles alone fit without resizing. */
    public ImageFormat wholeFormat() {
      boolean cutOnly = tiles.isPresent() && format.resize() == Resize.NONE;
      return format.withSize(
          format.height(), format.width(), cutOnly ? Resize.PIL_BILINEAR : format.resize());
    }
  }

  /**
   * The network.
   *
   * @param weights the backbone's: a file, {@link #RANDOM}, or {@link #BUNDLED}
   * @param hidden width D of the head
   * @param terms of the loss
   * @param lossWeight factor of the loss
   * @param jitter of the features in training
   */
  public record ModelSpec(
      PartSpec backbone,
      String weights,
      PartSpec features,
      int hidden,
      PartSpec pixelDecoder,
      PartSpec attention,
      PartSpec gatedCnn,
      PartSpec queryProjector,
      PartSpec queryProcessor,
      List<PartSpec> terms,
      double lossWeight,
      NetworkPlan.Jitter jitter,
      PartSpec mapFilter,
      PartSpec fusion) {

    /** The backbone keeps its first values. */
    public static final String RANDOM = "random";

    /** The weights that a bundle brings. */
    public static final String BUNDLED = "bundled";
  }

  /**
   * The training.
   *
   * @param epochs passes over the training images
   * @param batch images a batch
   * @param accumulate batches a step of the optimizer
   * @param learningRate the schedule's factor
   * @param weightDecay of AdamW
   * @param clip largest norm of the gradient, 0 for none
   * @param ema decay of averaged weights a step, 0 for none
   * @param seed decides first values, order, augmentation, dropout and jitter
   * @param device {@code auto}, {@code cpu} or {@code cuda:N}
   * @param schedule of the learning rate
   * @param validateEvery epochs between validations, 0 for none
   * @param metrics of validations
   * @param select how the state is chosen
   * @param heldOut share of the normal training images that {@code normal-split} holds out
   * @param earlyStopping validations without gain after which training ends, 0 for never
   * @param skipNonFinite whether a batch with a loss or gradient that is not finite is left out,
   *     rather than ending the run
   * @param checkpointEvery epochs between checkpoints
   */
  public record TrainSpec(
      int epochs,
      int batch,
      int accumulate,
      double learningRate,
      double weightDecay,
      double clip,
      double ema,
      long seed,
      String device,
      ScheduleSpec schedule,
      int validateEvery,
      List<PartSpec> metrics,
      Select select,
      double heldOut,
      int earlyStopping,
      boolean skipNonFinite,
      int checkpointEvery) {}

  /**
   * The learning rate over time.
   *
   * @param name {@code step}, {@code cosine} or {@code constant}
   * @param every epochs between drops of {@code step}
   * @param factor of each drop
   * @param late whether {@code step} drops one epoch late, as the released code does
   * @param minimum of {@code cosine}, as a share of the learning rate
   * @param warmUp epochs over which the rate rises linearly from nothing
   */
  public record ScheduleSpec(
      String name, int every, double factor, boolean late, double minimum, double warmUp) {}

  /** How the state that becomes the model is chosen. */
  public enum Select {
    /** The state after the last epoch. */
    LAST("last"),
    /** The state with the lowest loss on normal images that were held out. */
    NORMAL_SPLIT("normal-split"),
    /** The state with the best first metric on the test images, as the released code has it. */
    TEST("test");

    private final String key;

    Select(String key) {
      this.key = key;
    }

    /** The word in experiments. */
    public String key() {
      return key;
    }
  }

  /**
   * The evaluation.
   *
   * @param metrics what is computed
   * @param rules name of the conventions
   * @param batch images a batch
   */
  public record EvaluateSpec(List<PartSpec> metrics, String rules, int batch) {}

  /**
   * The thresholds for verdicts.
   *
   * @param method the name of a {@link uniass.api.metric.ThresholdMethod}
   * @param falseAlarmRate share of normal images that may be called anomalous
   * @param confidence that the share is kept
   * @param heldOut share of the normal training images that are not trained on, but calibrated
   *     with, in categories that have enough; 0 for none
   */
  public record CalibrateSpec(
      String method, double falseAlarmRate, double confidence, double heldOut) {}
}
