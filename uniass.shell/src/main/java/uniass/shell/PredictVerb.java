package uniass.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uniass.api.UniassException;
import uniass.api.experiment.CommandLine;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.inference.MapFiles;
import uniass.io.ImageFiles;
import uniass.io.Outputs;

@Command(
    name = "predict",
    description = "Finds anomalies in images: map, score and verdict each.",
    footer = {
      "",
      "Example: uniass predict --model runs/bottles/model.safetensors \\",
      "           --formats npy,png line3/"
    })
final class PredictVerb extends Verb {

  private static final List<String> FORMATS = List.of("npy", "png", "mask");

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "a model file")
  private Path model;

  @Option(
      names = "--experiment",
      paramLabel = "EXPERIMENT",
      description = "describes the network, where the model does not")
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
      description = "npy: maps; png: heat maps; mask: anomalous pixels; default npy")
  private List<String> formats = List.of("npy");

  @Option(names = "--batch", paramLabel = "N", description = "images at once; default 8")
  private int batch = 8;

  @Option(names = "--device", paramLabel = "D", description = "auto, cpu or cuda:N; default auto")
  private String device = "auto";

  @Option(
      names = "--category",
      paramLabel = "C",
      description = "whose thresholds decide; default: common ones")
  private String category;

  @Option(
      names = "--tile",
      paramLabel = "PX",
      description = "cut images into tiles of this size; 0 for none; default: as trained")
  private Integer tile;

  @Option(names = "--overlap", paramLabel = "PX", description = "of --tile; default a quarter")
  private Integer overlap;

  PredictVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    for (String format : formats) {
      if (!FORMATS.contains(format)) {
        throw new UniassException(
            "--formats: no '" + format + "'; there are: " + String.join(", ", FORMATS));
      }
    }
    if (tile != null && tile < 0 || overlap != null && (tile == null || tile == 0)) {
      throw new UniassException(
          "--tile is a size in pixels, 0 for no tiles; --overlap goes with a size");
    }
    Map<String, Path> images = images();
    int size = tile != null ? tile : InspectionOptions.AS_TRAINED;
    InspectionOptions options =
        new InspectionOptions(
            experiment, device, batch, size, overlap != null ? overlap : size / 4, category);
    try (Inspector inspector = tools.inspection().open(model, options)) {
      tell(inspector.model().notes());
      Outputs.create(out, true, "");
      return inspect(inspector, images);
    }
  }

  private int inspect(Inspector inspector, Map<String, Path> images) {
    List<String> names = List.copyOf(images.keySet());
    List<Map<String, Object>> rows = Collections.synchronizedList(new ArrayList<>());
    int[] failures = {0};
    try {
      inspector.inspect(List.copyOf(images.values()), results(names, rows, failures));
    } catch (RuntimeException e) {
      tell("stopped after " + rows.size() + " of " + names.size() + " images");
      try {
        keep(List.copyOf(rows));
      } catch (UniassException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    keep(rows);
    if (failures[0] > 0) {
      tell(failures[0] + " of " + names.size() + " images could not be read");
      return CommandLine.FAILED;
    }
    if (rows.size() < names.size()) {
      tell("stopped after " + rows.size() + " of " + names.size() + " images");
      return CommandLine.FAILED;
    }
    return CommandLine.DONE;
  }

  private Inspector.Results results(
      List<String> names, List<Map<String, Object>> rows, int[] failures) {
    MapFiles files = new MapFiles(out, Set.copyOf(formats));
    return new Inspector.Results() {
      @Override
      public void accept(int index, Prediction result) {
        files.write(names.get(index), result);
        rows.add(row(names.get(index), result));
        progress().step("inspecting", rows.size(), names.size());
      }

      @Override
      public void failed(int index, Path file, String why) {
        failures[0]++;
        tell(why);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", names.get(index));
        row.put("error", why);
        rows.add(row);
      }

      @Override
      public boolean canceled() {
        return progress().canceled();
      }
    };
  }

  /**
   * Prints what was found, then writes it: a full disk must not lose it. An interrupt, which Java's
   * channels answer by closing, must not either.
   */
  private void keep(List<Map<String, Object>> rows) {
    boolean interrupted = Thread.interrupted();
    try {
      Path csv = out.resolve("predictions.csv");
      print(Map.of("predictions", rows, "file", csv), text(rows, csv));
      Outputs.write(csv, csv(rows));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Map<String, Object> row(String name, Prediction result) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("image", name);
    row.put("score", result.score());
    row.put("normalised", result.normalizedScore());
    row.put("verdict", result.verdict().name().toLowerCase(java.util.Locale.ROOT));
    row.put("threshold", result.threshold());
    return row;
  }

  private static String csv(List<Map<String, Object>> rows) {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator("\n")
            .setHeader("image", "score", "normalised", "verdict", "threshold", "error")
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (Map<String, Object> row : rows) {
        printer.printRecord(
            row.get("image"),
            row.get("score"),
            defined(row.get("normalised")),
            row.get("verdict"),
            defined(row.get("threshold")),
            row.get("error"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Object defined(Object figure) {
    return figure instanceof Double d && d.isNaN() ? null : figure;
  }

  private static String text(List<Map<String, Object>> rows, Path csv) {
    TextTable table = new TextTable();
    table.row(List.of("image", "score", "normalised", "verdict"));
    for (Map<String, Object> row : rows) {
      if (row.containsKey("score")) {
        table.row(
            List.of(
                (String) row.get("image"),
                TextTable.figure((Double) row.get("score")),
                TextTable.figure((Double) row.get("normalised")),
                (String) row.get("verdict")));
      }
    }
    return table.text(true) + csv;
  }

  /** The images by their names below the folders given. */
  private Map<String, Path> images() {
    Map<String, Path> images = new LinkedHashMap<>();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        ImageFiles found = ImageFiles.below(source);
        if (found.images().isEmpty()) {
          throw new UniassException(
              source + " holds no images" + found.leftOut().map(note -> "; " + note).orElse(""));
        }
        found.leftOut().ifPresent(note -> tell(source + ": " + note));
        for (Path file : found.images()) {
          add(images, source.relativize(file).toString().replace('\\', '/'), file);
        }
      } else if (Files.exists(source)) {
        add(images, source.getFileName().toString(), source);
      } else {
        throw new UniassException("no image or folder " + source);
      }
    }
    return images;
  }

  private static void add(Map<String, Path> images, String name, Path file) {
    Path other = images.putIfAbsent(name, file);
    if (other != null && !other.equals(file)) {
      throw new UniassException(
          other
              + " and "
              + file
              + " would both be written as "
              + name
              + "; inspect them one after the other, with another --out");
    }
  }
}
