package uniass.inference.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Resize;
import uniass.api.metric.Scores;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.experiment.ExperimentSpec.TileSpec;
import uniass.inference.experiment.TrainSpec.Select;
import uniass.inference.plugin.Plugins;

/**
 * Turns YAML into a checked experiment, or into one message that names everything wrong with it.
 */
final class ExperimentReader {

  private final List<Problem> problems = new ArrayList<>();
  private final SectionReader sections = new SectionReader(problems);
  private final PartReader parts;
  private final Path folder;

  private ExperimentReader(Plugins plugins, Path folder, Set<String> dispensable) {
    this.parts = new PartReader(plugins, sections, dispensable);
    this.folder = folder;
  }

  /**
   * Reads an experiment.
   *
   * @param source the file's name, for messages and as the experiment's name if it has none
   * @param folder what relative paths are relative to
   * @param overrides {@code key.key=value}
   * @param dispensable types of plug-ins that may be missing; what is said of a missing one is kept
   *     unchecked
   * @throws UniassException with one line per problem
   */
  static ExperimentSpec read(
      Plugins plugins,
      String source,
      String text,
      Path folder,
      List<String> overrides,
      Set<String> dispensable) {
    Located root = YamlSource.read(source, text, overrides);
    ExperimentReader reader = new ExperimentReader(plugins, folder, dispensable);
    ExperimentSpec spec = reader.experiment(root, source);
    if (!reader.problems.isEmpty()) {
      throw new UniassException(
          String.join(
              System.lineSeparator(),
              reader.problems.stream()
                  .map(
                      p ->
                          (p.where().startsWith("--") ? "" : source + ", ") + SectionReader.line(p))
                  .toList()));
    }
    return spec;
  }

  private ExperimentSpec experiment(Located root, String source) {
    Located name = root.entries().get("name");
    if (name == null || name.value() == null) {
      String base = baseName(source);
      root.entries().put("name", new Located(base, base, root.where()));
    }
    ExperimentSpec spec =
        new SpecReader(sections, parts, folder).read(ExperimentSpec.class, "", root);
    checkTiles(spec.dataset(), place(root, "dataset", "tiles"));
    checkSelect(spec.train(), root);
    return spec;
  }

  private void checkTiles(DatasetSpec dataset, Located at) {
    dataset
        .tiles()
        .flatMap(tiles -> wrong(tiles, dataset.format()))
        .ifPresent(wrong -> sections.error(at, "dataset.tiles: " + wrong));
  }

  private static Optional<String> wrong(TileSpec tiles, ImageFormat format) {
    if (format.height() != format.width()) {
      return Optional.of(
          "tiles are square, and image-size is %d x %d; give it one number"
              .formatted(format.height(), format.width()));
    }
    if (format.resize() == Resize.NONE && tiles.size() != format.height()) {
      return Optional.of(
          "resize is none, so tiles have image-size, %d pixels, not %d"
              .formatted(format.height(), tiles.size()));
    }
    return Tiles.wrong(tiles.size(), tiles.overlap());
  }

  private void checkSelect(TrainSpec train, Located root) {
    if (train.select() != Select.LAST && train.validateEvery() == 0) {
      sections.error(
          place(root, "train", "select"),
          "train.select: " + train.select().key() + " needs train.validate-every above 0");
    }
    Located metrics = place(root, "train", "metrics");
    if (train.select() == Select.TEST && first(metrics).equals(Scores.MAD)) {
      sections.error(
          metrics,
          "train.select: test chooses by the first of train.metrics, and mad stands for seven;"
              + " name the one to choose by before it");
    }
  }

  /** Where a setting stands, or the nearest key above it. */
  private static Located place(Located root, String... keys) {
    Located at = root;
    for (String key : keys) {
      if (!at.isMap() || at.entries().get(key) == null) {
        return at;
      }
      at = at.entries().get(key);
    }
    return at;
  }

  private static String first(Located list) {
    return list.isList()
        ? list.items().stream().findFirst().map(Located::raw).orElse("")
        : list.raw();
  }

  private static String baseName(String source) {
    String file = Path.of(source).getFileName().toString();
    String base = file.replaceFirst("\\.(ya?ml)$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    return base.matches("[A-Za-z0-9].*") ? base : "experiment";
  }
}
