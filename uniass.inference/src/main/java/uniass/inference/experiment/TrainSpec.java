/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.List;
import uniass.api.plugin.PluginType;
import uniass.tensor.Precision;

/** The training of an {@link ExperimentSpec}. */
public record TrainSpec(
    @Key(
            help = "passes over the training images",
            defaultValue = "1000",
            minimum = 1,
            maximum = 1_000_000)
        int epochs,
    @Key(help = "images per batch", defaultValue = "64", minimum = 1, maximum = 4096) int batch,
    @Key(
            help = "batches per step of the optimizer",
            defaultValue = "1",
            minimum = 1,
            maximum = 4096)
        int accumulate,
    @Key(help = "the optimizer", defaultValue = "adamw", choices = "adamw") String optimizer,
    @Key(
            help = "learning rate that the schedule starts from",
            defaultValue = "1e-4",
            minimum = 0,
            maximum = 10)
        double learningRate,
    @Key(help = "weight decay of AdamW", defaultValue = "1e-4", minimum = 0, maximum = 10)
        double weightDecay,
    @Key(
            help = "largest norm of the gradient; 0 for no limit",
            defaultValue = "0.1",
            minimum = 0,
            maximum = 1e9)
        double clip,
    @Key(
            help = "decay of the averaged weights per step; 0 for no average",
            defaultValue = "0",
            minimum = 0,
            maximum = 0.999999)
        double ema,
    @Key(
            help = "random seed of first values, order, augmentation, dropout and jitter",
            defaultValue = "133",
            minimum = Long.MIN_VALUE,
            maximum = Long.MAX_VALUE)
        long seed,
    @Key(
            help = "where to compute; auto takes a GPU if there is one",
            defaultValue = "auto",
            matches = "auto|cpu|cuda:\\d{1,3}",
            expected = "auto, cpu or cuda:N",
            portable = false)
        String device,
    @Key(
            help =
                "how exactly matrix products and convolutions compute in training; weights stay"
                    + " float32. bfloat16 is for GPUs",
            defaultValue = "float32")
        Precision precision,
    @Key(help = "the learning rate over time; a name, or a map with a name") ScheduleSpec schedule,
    @Key(
            help = "epochs between validations; 0 for never",
            defaultValue = "10",
            minimum = 0,
            maximum = 1_000_000)
        int validateEvery,
    @Key(
            help = "metrics of the validations",
            part = PluginType.METRIC,
            defaultValue = "pixel-auroc")
        List<PartSpec> metrics,
    @Key(
            help =
                "the state that becomes the model: the last; that with the lowest loss on normal"
                    + " images that were held out; that with the best first metric on the test"
                    + " images",
            defaultValue = "last")
        Select select,
    @Key(
            help = "share of the normal training images that normal-split holds out",
            defaultValue = "0.1",
            minimum = 0.001,
            maximum = 0.9)
        double heldOut,
    @Key(
            help = "validations (epochs, if there are none) without gain that end it; 0 for never",
            defaultValue = "0",
            minimum = 0,
            maximum = 1_000_000)
        int earlyStopping,
    @Key(
            help =
                "what happens if a loss or gradient is not finite: the run ends, or goes on"
                    + " without the batch",
            defaultValue = "stop")
        NonFinite nonFinite,
    @Key(help = "epochs between checkpoints", defaultValue = "1", minimum = 1, maximum = 1_000_000)
        int checkpointEvery) {

  /** Whether a batch with a loss or gradient that is not finite is left out. */
  public boolean skipNonFinite() {
    return nonFinite == NonFinite.SKIP;
  }

  /** The same for one epoch: that of a network that is fitted in one pass. */
  public TrainSpec once() {
    return new TrainSpec(
        1,
        batch,
        accumulate,
        optimizer,
        learningRate,
        weightDecay,
        clip,
        ema,
        seed,
        device,
        precision,
        schedule,
        validateEvery,
        metrics,
        select,
        heldOut,
        earlyStopping,
        nonFinite,
        checkpointEvery);
  }

  /** The learning rate over time. */
  public record ScheduleSpec(
      @Key(
              help = "the shape",
              defaultValue = "step",
              choices = {"step", "cosine", "constant"})
          String name,
      @Key(
              help = "epochs between drops of step",
              defaultValue = "400",
              minimum = 1,
              maximum = 1_000_000)
          int every,
      @Key(help = "factor of each drop of step", defaultValue = "0.1", minimum = 0, maximum = 1)
          double factor,
      @Key(help = "step drops one epoch late, as the released code does", defaultValue = "false")
          boolean late,
      @Key(
              help = "end of cosine, as a share of the learning rate",
              defaultValue = "0",
              minimum = 0,
              maximum = 1)
          double minimum,
      @Key(
              help = "epochs over which the rate rises linearly from nothing",
              defaultValue = "0",
              minimum = 0,
              maximum = 1_000_000)
          double warmUp) {

    /** Whether the rate of an epoch depends on how many there are. */
    public boolean dependsOnEpochs() {
      return name.equals("cosine");
    }
  }

  /** How the state that becomes the model is chosen. */
  public enum Select {
    /** The state after the last epoch. */
    LAST,
    /** The state with the lowest loss on normal images that were held out. */
    NORMAL_SPLIT,
    /** The state with the best first metric on the test images, as the released code has it. */
    TEST;

    /** The word in experiments. */
    public String key() {
      return Entry.word(this);
    }
  }

  /** What happens if a loss or gradient is not finite. */
  public enum NonFinite {
    /** The run ends. */
    STOP,
    /** The batch is left out. */
    SKIP
  }
}
