/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uniass.api.data.BatchOptions;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Resize;
import uniass.api.data.Tiling;
import uniass.api.experiment.Experiment;
import uniass.api.plugin.PluginType;
import uniass.io.FileNames;

/**
 * A checked experiment, defaults filled in. Each component of these records is a setting, declared
 * where it stands: to add one, add a component.
 */
public record ExperimentSpec(
    @Key(
            help = "names the experiment and its folder; default: the file's name",
            matches = "[A-Za-z0-9][A-Za-z0-9._-]*",
            expected = "letters, digits, dots, dashes, because it names a folder")
        String name,
    @Key(help = "the images") DatasetSpec dataset,
    @Key(help = "the network") ModelSpec model,
    @Key(help = "the training") TrainSpec train,
    @Key(help = "the evaluation") EvaluateSpec evaluate,
    @Key(help = "the thresholds for verdicts") CalibrateSpec calibrate)
    implements Experiment {

  /** The settings of an experiment that the service {@code Experiments} made. */
  public static ExperimentSpec of(Experiment experiment) {
    if (experiment instanceof ExperimentSpec spec) {
      return spec;
    }
    throw new IllegalArgumentException("an experiment that neither read nor parse made");
  }

  @Override
  public String yaml() {
    return ExperimentWriter.yaml(this, false);
  }

  /** The settings without what belongs to one machine, paths and device, as models carry them. */
  public String portableYaml() {
    return ExperimentWriter.yaml(this, true);
  }

  /** The same with another depth of images. */
  public ExperimentSpec withDepth(int bits) {
    return new ExperimentSpec(
        name, dataset.with(dataset.root, String.valueOf(bits)), model, train, evaluate, calibrate);
  }

  /** The images. */
  public record DatasetSpec(
      @Key(
              help = "reads the data set's layout",
              part = PluginType.DATASET,
              defaultValue = "mvtec-ad")
          PartSpec reader,
      @Key(help = "folder of the data set", expected = "a folder", portable = false) Path root,
      @Key(
              help = "height and width of the network's input",
              defaultValue = "224",
              expected = ImageSize.EXPECTED)
          ImageSize imageSize,
      @Key(
              help = "how images of another size are brought to image-size",
              defaultValue = "pil-bilinear")
          Resize resize,
      @Key(help = "cuts large images into overlapping squares; off unless given")
          Optional<TileSpec> tiles,
      @Key(
              help = "mask pixels above it are anomalous",
              defaultValue = "0",
              minimum = 0,
              maximum = 254)
          int maskThreshold,
      @Key(
              help = "an image whose header claims more pixels is refused unread",
              defaultValue = "" + ImageFormat.DEFAULT_MAXIMUM_PIXELS,
              minimum = 1,
              maximum = 1L << 40)
          long maximumPixels,
      @Key(
              help = "bits that 16-bit files use; 12 for 12-bit cameras; auto looks for itself",
              defaultValue = "" + ImageFormat.DEFAULT_DEPTH,
              matches = "auto|[89]|1[0-6]",
              expected = "auto, or a whole number from 8 to 16")
          String depth,
      @Key(help = "the categories to use", defaultValue = DatasetSpec.ALL) List<String> categories,
      @Key(help = "what happens to training images; 'all' stands for all categories")
          AugmentSpec augment,
      @Key(
              help = "paints defects on normal images, to learn from and to judge by",
              part = PluginType.SYNTHETIC_ANOMALIES,
              defaultValue = "painted")
          PartSpec synthetic,
      @Key(help = "see all categories equally often", defaultValue = "false") boolean balanced,
      @Key(
              help = "leave out images that cannot be read, and masks that are missing",
              defaultValue = "false")
          boolean skipUnreadable) {

    /** The word for all categories. */
    public static final String ALL = "all";

    /** Spells out what tiles leave open; no categories stand for all. */
    public DatasetSpec {
      int side = imageSize.height();
      tiles = tiles.map(t -> t.resolved(side));
      categories =
          categories.equals(List.of(ALL))
              ? List.of()
              : categories.stream().map(FileNames::composed).toList();
    }

    /** The same with the images of another folder, and another depth of them. */
    public DatasetSpec with(Path images, String bits) {
      return new DatasetSpec(
          reader,
          images,
          imageSize,
          resize,
          tiles,
          maskThreshold,
          maximumPixels,
          bits,
          categories,
          augment,
          synthetic,
          balanced,
          skipUnreadable);
    }

    /** What images, or their tiles, are turned into. */
    public ImageFormat format() {
      return format(resize);
    }

    private ImageFormat format(Resize how) {
      return new ImageFormat(
          imageSize.height(),
          imageSize.width(),
          how,
          maskThreshold,
          maximumPixels,
          isDepthAuto() ? ImageFormat.DEFAULT_DEPTH : Integer.parseInt(depth));
    }

    /** Whether the training images decide on the depth, which until then is the default. */
    public boolean isDepthAuto() {
      return depth.equals("auto");
    }

    /** How images are cut, if they are. */
    public Optional<Tiling> tiling() {
      return tiles.map(t -> new Tiling(t.size(), t.overlap()));
    }

    /** How images, or their tiles, are read for a network. */
    public BatchOptions batches(Normalization normalization, int batch, boolean masks) {
      return new BatchOptions(format(), normalization, batch, masks, skipUnreadable);
    }

    /** What whole images are turned into: also if tiles alone fit without resizing. */
    public ImageFormat wholeFormat() {
      boolean cutOnly = tiles.isPresent() && resize == Resize.NONE;
      return format(cutOnly ? Resize.PIL_BILINEAR : resize);
    }
  }

  /** How images are cut. */
  public record TileSpec(
      @Key(
              help = "height and width in pixels, a multiple of 16; 0 for image-size",
              defaultValue = "0",
              minimum = 0,
              maximum = 1 << 30)
          int size,
      @Key(
              help = "pixels that neighbors share; -1 for a quarter of the size",
              defaultValue = "-1",
              minimum = -1,
              maximum = 1 << 30)
          int overlap) {

    private TileSpec resolved(int side) {
      int chosen = size > 0 ? size : side;
      return new TileSpec(chosen, overlap >= 0 ? overlap : chosen / 4);
    }
  }

  /** What happens to training images, by category. */
  public record AugmentSpec(
      @Key(name = "hflip", help = "categories flipped left-right") Set<String> horizontalFlip,
      @Key(name = "vflip", help = "categories flipped upside down") Set<String> verticalFlip,
      @Key(help = "categories rotated by quarter turns") Set<String> rotate,
      @Key(
              name = "colour-jitter",
              help = "largest relative change of brightness, contrast and saturation; 0 for none",
              defaultValue = "0",
              minimum = 0,
              maximum = 1)
          double colorJitter) {}

  /** The network. */
  public record ModelSpec(
      @Key(help = "the kind of network", part = PluginType.NETWORK, defaultValue = "uniass")
          PartSpec network,
      @Key(
              help = "the frozen network that features come from",
              part = PluginType.BACKBONE,
              defaultValue = "efficientnet-b4")
          PartSpec backbone,
      @Key(
              help = "the weights of the backbone",
              in = "backbone",
              defaultValue = ModelSpec.BUNDLED,
              fileOr = {ModelSpec.BUNDLED, ModelSpec.RANDOM},
              expected = "bundled, random, or a file",
              portable = false)
          String weights,
      @Key(
              help = "processes the features of the backbone",
              part = PluginType.FEATURES,
              defaultValue = "gaussian-residual")
          PartSpec features,
      @Key(help = "width of the head", defaultValue = "256", minimum = 32, maximum = 8192)
          int hidden,
      @Key(
              help = "joins the levels of the features",
              part = PluginType.PIXEL_DECODER,
              defaultValue = "transformer-fpn")
          PartSpec pixelDecoder,
      @Key(
              help = "relates queries and features",
              part = PluginType.ATTENTION,
              defaultValue = "spatial-channel")
          PartSpec attention,
      @Key(help = "follows the attention", part = PluginType.GATED_CNN, defaultValue = "mgg-cnn")
          PartSpec gatedCnn,
      @Key(help = "the queries") QuerySpec query,
      @Key(help = "the loss") LossSpec loss,
      @Key(help = "noise on the features in training") JitterSpec jitter,
      @Key(
              help = "filters the anomaly map",
              part = PluginType.MAP_FILTER,
              defaultValue = "gaussian")
          PartSpec mapFilter,
      @Key(
              help = "fuses the anomaly maps of the levels",
              part = PluginType.FUSION,
              defaultValue = "product")
          PartSpec fusion) {

    /** The backbone keeps its first values. */
    public static final String RANDOM = "random";

    /** The weights that a bundle brings. */
    public static final String BUNDLED = "bundled";
  }

  /** The queries. */
  public record QuerySpec(
      @Key(
              help = "projects features to queries",
              part = PluginType.QUERY_PROJECTOR,
              defaultValue = "conv3x3")
          PartSpec projector,
      @Key(
              help = "makes the queries of a level",
              part = PluginType.QUERY,
              defaultValue = "re-weighted")
          PartSpec processor) {}

  /** The loss. */
  public record LossSpec(
      @Key(
              help = "what is summed; settings of a term may stand beside it, under its name",
              part = PluginType.LOSS,
              defaultValue = "mse, cosine",
              settingsBeside = true)
          List<PartSpec> terms,
      @Key(help = "factor of the sum", defaultValue = "10", minimum = 0, maximum = 1e6)
          double weight) {}

  /** Noise on the features in training. */
  public record JitterSpec(
      @Key(help = "factor of the noise", defaultValue = "20", minimum = 0, maximum = 1e6)
          double scale,
      @Key(help = "per level and batch", defaultValue = "0.5", minimum = 0, maximum = 1)
          double probability) {}
}
