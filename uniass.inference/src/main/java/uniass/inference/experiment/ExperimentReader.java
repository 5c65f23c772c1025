/* SPDX-License-Identifier: Apache-2.0 */
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
import uniass.api.plugin.PluginType;
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
  private final SpecReader specs;

  /**
   * Reads once.
   *
   * @param folder what relative paths are relative to
   * @param ofModel whether a model carries what is read: only its network will be used, so the
   *     plug-ins for training and evaluation may be missing
   */
  ExperimentReader(Plugins plugins, Path folder, boolean ofModel) {
    Set<String> dispensable =
        ofModel
            ? Set.of(
                PluginType.LOSS,
                PluginType.METRIC,
                PluginType.DATASET,
                PluginType.SYNTHETIC_ANOMALIES)
            : Set.of();
    PartReader parts = new PartReader(plugins, sections, dispensable);
    this.specs = new SpecReader(sections, parts, folder, ofModel);
  }

  /**
   * Reads an experiment.
   *
   * @param source the file's name, for messages and as the experiment's name if it has none
   * @param overrides {@code key.key=value}
   * @throws UniassException with one line per problem
   */
  ExperimentSpec read(String source, String text, List<String> overrides) {
    ExperimentSpec spec = experiment(YamlSource.read(source, text, overrides), source);
    if (!problems.isEmpty()) {
      throw new UniassException(
          String.join(
              System.lineSeparator(),
              problems.stream()
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
    ExperimentSpec spec = specs.read(ExperimentSpec.class, "", root);
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
