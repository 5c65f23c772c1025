/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.experiment.CommandLine;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.ModelInfo;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.UnreadableImageException;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.MapFiles;
import uniass.io.Outputs;
import uniass.shell.verb.Words;

@Command(
    name = "predict",
    description = "Finds anomalies in images: anomaly map, score and verdict per image.",
    footer = {
      "",
      "Example: uniass predict --model runs/bottles/model.safetensors \\",
      "           --formats npy,png line3/"
    })
final class PredictVerb extends Verb {

  private static final List<String> ENGINES = List.of("pytorch", "onnx");
  private static final List<String> FORMATS = List.of("npy", "png", "mask", "overlay");

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "a model file")
  private Path model;

  @Option(
      names = "--experiment",
      paramLabel = "EXPERIMENT",
      description = "describes the network, if the model does not")
  private String experiment;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE|FOLDER",
      description =
          "what to inspect; a .npy file holds the network's own input (float32, 3 x H x W,"
              + " normalized)")
  private List<Path> sources;

  @Option(names = "--out", paramLabel = "DIR", description = "default: predictions")
  private Path out = Path.of("predictions");

  @Option(
      names = "--formats",
      split = ",",
      paramLabel = "FORMAT",
      description =
          "npy: maps; png: heat maps; mask: anomalous pixels; overlay: the image under its heat map;"
              + " default npy")
  private List<String> formats = List.of("npy");

  @Option(names = "--batch", paramLabel = "N", description = "images at once; default 8")
  private int batch = 8;

  @Option(names = "--device", paramLabel = "D", description = "auto, cpu or cuda:N; default auto")
  private String device = "auto";

  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "pytorch or onnx; default: onnx for .onnx files, else pytorch")
  private String engine;

  @Option(
      names = "--category",
      paramLabel = "C",
      description = "decide by this category's threshold; default: the common one")
  private String category;

  @Option(
      names = "--tile",
      paramLabel = "PX",
      description = "cut images into tiles of this size; 0: no tiles; default: as trained")
  private Integer tile;

  @Option(
      names = "--overlap",
      paramLabel = "PX",
      description = "overlap of tiles; default: a quarter")
  private Integer overlap;

  PredictVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    formats.forEach(format -> Words.check(spec, "format", format, FORMATS));
    if (engine != null) {
      Words.check(spec, "engine", engine, ENGINES);
    }
    if (tile != null && tile < 0 || overlap != null && (tile == null || tile == 0)) {
      throw new UniassException(
          "--tile is a size in pixels, 0 for no tiles; --overlap goes with a size");
    }
    InputImages images = new InputImages(sources);
    tell(images.notes());
    try (Inspector inspector = tools.inspection().open(model, options())) {
      tell(inspector.model().notes());
      Outputs.create(out, true, "");
      EarlierResults earlier = new EarlierResults(out);
      tell(deciding(inspector.model()));
      int code = inspect(inspector, images);
      earlier.note().ifPresent(this::tell);
      return code;
    }
  }

  /** Which threshold decides, if the model has several. */
  private List<String> deciding(ModelInfo info) {
    if (category != null || !info.calibrated() || info.categories().size() < 2) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "the threshold for images of unknown category decides, %.4g; --category takes a"
                + " category's own, which suits it better: %s",
            info.thresholds().get(ThresholdCalibrator.ALL),
            String.join(", ", info.categories())));
  }

  private InspectionOptions options() {
    InspectionOptions options = InspectionOptions.defaults().withDevice(device).withBatch(batch);
    if (experiment != null) {
      options = options.withExperiment(experiment);
    }
    if (engine != null) {
      options = options.withEngine(engine);
    }
    if (category != null) {
      options = options.withCategory(category);
    }
    if (tile == null) {
      return options;
    }
    return tile == 0
        ? options.withoutTiles()
        : options.withTiles(tile, overlap != null ? overlap : tile / 4);
  }

  private int inspect(Inspector inspector, InputImages images) {
    Predictions predictions = new Predictions();
    int all = images.names().size();
    try {
      inspector.inspect(images.files(), results(images, predictions));
    } catch (RuntimeException e) {
      tell("stopped after " + predictions.size() + " of " + all + " images");
      try {
        keep(inspector, predictions);
      } catch (UniassException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    keep(inspector, predictions);
    predictions.summary().ifPresent(this::tell);
    if (predictions.failures() > 0) {
      tell(predictions.failures() + " of " + all + " images could not be read");
    } else if (predictions.size() < all) {
      tell("stopped after " + predictions.size() + " of " + all + " images");
    } else {
      return CommandLine.DONE;
    }
    return CommandLine.FAILED;
  }

  private Inspector.Results results(InputImages images, Predictions predictions) {
    List<String> names = images.names();
    List<Path> sources = images.files();
    MapFiles files = new MapFiles(out, Set.copyOf(formats));
    return new Inspector.Results() {
      @Override
      public void accept(int index, Prediction result) {
        files.write(names.get(index), result);
        Path source = sources.get(index);
        if (!source.toString().endsWith(".npy")) { // not an image
          files.overlay(names.get(index), () -> pixels(source), result);
        }
        predictions.add(names.get(index), result);
        progress().step("inspecting", predictions.size(), names.size());
      }

      @Override
      public void failed(int index, UnreadableImageException failure) {
        String why = failure.getMessage();
        tell(why);
        predictions.addFailure(names.get(index), why);
      }

      @Override
      public boolean canceled() {
        return progress().canceled();
      }
    };
  }

  private Pixels pixels(Path file) {
    // the size is only what the format wants: nothing is resized
    return tools.images().decode(file, ImageFormat.of(1, 1));
  }

  /**
   * Prints what was found, then writes it: a full disk must not lose it. An interrupt, which Java's
   * channels answer by closing, must not either.
   */
  private void keep(Inspector inspector, Predictions predictions) {
    boolean interrupted = Thread.interrupted();
    try {
      Path csv = out.resolve("predictions.csv");
      String score = inspector.calibration().imageScore().key();
      print(
          Map.of("predictions", predictions.rows(), "file", csv, "image-score", score),
          predictions.table() + csv);
      Outputs.write(csv, predictions.csv());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
