package uniass.inference.experiment;

import java.util.List;
import uniass.api.data.ImageFormat;
import uniass.api.plugin.Setting;

/** The keys of an experiment's sections, with the paper's defaults. */
final class Keys {

  static final List<String> TOP =
      List.of("name", "dataset", "model", "train", "evaluate", "calibrate");

  static final List<Setting> DATASET =
      List.of(
          Setting.text("root", null, "the data set's folder"),
          Setting.choice(
              "resize",
              "pil-bilinear",
              List.of("pil-bilinear", "area", "linear", "none"),
              "how images of another size are brought to image-size"),
          Setting.integer("mask-threshold", 0, 0, 254, "mask pixels above it are anomalous"),
          Setting.integer(
              "depth",
              ImageFormat.DEFAULT_DEPTH,
              8,
              16,
              "bits that 16-bit files use; 12 for 12-bit cameras"),
          Setting.flag("balanced", false, "see all categories equally often"),
          Setting.flag("skip-unreadable", false, "leave out images that cannot be read"),
          Setting.integer(
              "maximum-pixels",
              ImageFormat.DEFAULT_MAXIMUM_PIXELS,
              1,
              1L << 40,
              "larger images are refused"));

  static final List<String> DATASET_OTHERS =
      List.of("reader", "image-size", "tiles", "categories", "augment");

  static final List<Setting> TILES =
      List.of(
          Setting.integer("size", 0, 0, 1L << 30, "height and width; 0 for image-size"),
          Setting.integer("overlap", -1, -1, 1L << 30, "of neighbors; -1 for a quarter"));

  static final List<Setting> AUGMENT =
      List.of(
          Setting.texts("hflip", List.of(), List.of(), "categories flipped left-right"),
          Setting.texts("vflip", List.of(), List.of(), "categories flipped upside down"),
          Setting.texts("rotate", List.of(), List.of(), "categories rotated by quarter turns"),
          Setting.number("colour-jitter", 0, 0, 1, "largest relative change of colors"));

  static final List<Setting> MODEL =
      List.of(Setting.integer("hidden", 256, 32, 8192, "width of the head"));

  static final List<String> MODEL_OTHERS =
      List.of(
          "backbone",
          "features",
          "pixel-decoder",
          "attention",
          "gated-cnn",
          "query",
          "loss",
          "jitter",
          "map-filter",
          "fusion");

  static final List<Setting> JITTER =
      List.of(
          Setting.number("scale", 20, 0, 1e6, "factor of the noise"),
          Setting.number("probability", 0.5, 0, 1, "a level and batch"));

  static final List<Setting> LOSS = List.of(Setting.number("weight", 10, 0, 1e6, "of the loss"));

  static final List<Setting> TRAIN =
      List.of(
          Setting.integer("epochs", 1000, 1, 1_000_000, "passes over the training images"),
          Setting.integer("batch", 64, 1, 4096, "images a batch"),
          Setting.integer("accumulate", 1, 1, 4096, "batches a step"),
          Setting.choice("optimizer", "adamw", List.of("adamw"), "the optimizer"),
          Setting.number("learning-rate", 1e-4, 0, 10, "the schedule's factor"),
          Setting.number("weight-decay", 1e-4, 0, 10, "of AdamW"),
          Setting.number("clip", 0.1, 0, 1e9, "largest norm of the gradient, 0 for none"),
          Setting.number("ema", 0, 0, 0.999999, "decay of averaged weights, 0 for none"),
          Setting.integer(
              "seed", 133, Long.MIN_VALUE, Long.MAX_VALUE, "decides all that is random"),
          Setting.text("device", "auto", "auto, cpu or cuda:N"),
          Setting.integer("validate-every", 10, 0, 1_000_000, "epochs, 0 for never"),
          Setting.choice(
              "select", "last", List.of("last", "normal-split", "test"), "how the model is chosen"),
          Setting.number("held-out", 0.1, 0.001, 0.9, "share of images for normal-split"),
          Setting.integer(
              "early-stopping", 0, 0, 1_000_000, "validations without gain, 0 for never"),
          Setting.choice("non-finite", "stop", List.of("stop", "skip"), "what to do about it"),
          Setting.integer("checkpoint-every", 1, 1, 1_000_000, "epochs"));

  static final List<String> TRAIN_OTHERS = List.of("schedule", "metrics");

  static final List<Setting> SCHEDULE =
      List.of(
          Setting.choice("name", "step", List.of("step", "cosine", "constant"), "the shape"),
          Setting.integer("every", 400, 1, 1_000_000, "epochs between drops of step"),
          Setting.number("factor", 0.1, 0, 1, "of each drop of step"),
          Setting.flag("late", false, "drop one epoch late, as the released code does"),
          Setting.number("minimum", 0, 0, 1, "end of cosine, as a share of the learning rate"),
          Setting.number("warm-up", 0, 0, 1_000_000, "epochs of linear rise"));

  /** The rule sets that {@link uniass.api.metric.Scoring} knows. */
  static final List<String> RULES = List.of("uniass", "ader", "anomalib", "mvtec");

  static final List<Setting> EVALUATE =
      List.of(
          Setting.choice("rules", "uniass", RULES, "name of the conventions"),
          Setting.integer("batch", 8, 1, 4096, "images a batch"));

  static final List<String> EVALUATE_OTHERS = List.of("metrics");

  static final List<String> EVALUATE_METRICS =
      List.of("pixel-ap", "dice", "pixel-auroc", "aupro", "image-auroc");

  static final List<String> TRAIN_METRICS = List.of("pixel-auroc");

  static final List<Setting> CALIBRATE =
      List.of(
          Setting.choice(
              "method", "tail", List.of("order", "tail", "robust"), "how thresholds are placed"),
          Setting.number("false-alarm-rate", 0.05, 1e-9, 0.999999, "share of normal images"),
          Setting.number("confidence", 0.5, 1e-9, 0.999999, "that the share is kept"),
          Setting.number("held-out", 0.2, 0, 0.9, "share of images not trained on, 0 for none"));

  private Keys() {}
}
