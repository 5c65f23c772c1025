package uniass.inference.experiment;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uniass.api.data.Augmentation;
import uniass.api.data.ImageFormat;
import uniass.api.data.Resize;
import uniass.api.data.Tiling;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;

/** Reads an experiment's {@code dataset}. */
final class DatasetSection {

  private static final int DEFAULT_SIZE = 224;

  private final SectionReader sections;
  private final PartReader parts;
  private final Path folder;

  /** Reads with these; relative paths are relative to the folder. */
  DatasetSection(SectionReader sections, PartReader parts, Path folder) {
    this.sections = sections;
    this.parts = parts;
    this.folder = folder;
  }

  DatasetSpec read(Located at) {
    Settings settings = sections.read("dataset", at, Keys.DATASET, Keys.DATASET_OTHERS);
    int[] size = size(at.entries().get("image-size"));
    ImageFormat format =
        new ImageFormat(
            size[0],
            size[1],
            Resize.valueOf(settings.text("resize").toUpperCase(Locale.ROOT).replace('-', '_')),
            settings.integer("mask-threshold"),
            (long) settings.number("maximum-pixels"),
            settings.integer("depth"));
    Settings augment =
        sections.read("dataset.augment", sections.map(at, "augment"), Keys.AUGMENT, List.of());
    Settings categories =
        sections.read(
            "dataset",
            pick(at, "categories"),
            List.of(Setting.texts("categories", List.of(), List.of(), "")),
            List.of());
    List<String> chosen = categories.texts("categories");
    return new DatasetSpec(
        parts.read("dataset.reader", PluginType.DATASET, at.entries().get("reader"), "mvtec-ad"),
        settings.has("root") ? folder.resolve(settings.text("root")).normalize() : null,
        format,
        tiles(at, format),
        chosen.equals(List.of(DatasetSpec.ALL)) ? List.of() : chosen,
        new Augmentation(
            new HashSet<>(augment.texts("hflip")),
            new HashSet<>(augment.texts("vflip")),
            new HashSet<>(augment.texts("rotate")),
            augment.number("colour-jitter")),
        settings.flag("balanced"),
        settings.flag("skip-unreadable"));
  }

  private static Located pick(Located map, String key) {
    Located value = map.entries().get(key);
    return Located.map(value == null ? Map.of() : Map.of(key, value), map.where());
  }

  private int[] size(Located given) {
    if (given == null || given.value() == null) {
      return new int[] {DEFAULT_SIZE, DEFAULT_SIZE};
    }
    List<Located> sides = given.isList() ? given.items() : List.of(given, given);
    boolean good =
        sides.size() == 2
            && sides.stream()
                .allMatch(s -> s.value() instanceof Long l && l >= 32 && l <= 4096 && l % 16 == 0);
    if (!good) {
      sections.error(
          given,
          "dataset.image-size must be a multiple of 16 from 32 to 4096, or two of them: [height,"
              + " width]");
      return new int[] {DEFAULT_SIZE, DEFAULT_SIZE};
    }
    return new int[] {
      ((Long) sides.get(0).value()).intValue(), ((Long) sides.get(1).value()).intValue()
    };
  }

  private Optional<Tiling> tiles(Located dataset, ImageFormat format) {
    Located given = dataset.entries().get("tiles");
    if (given == null || given.value() == null) {
      return Optional.empty();
    }
    Settings settings =
        sections.read("dataset.tiles", sections.map(dataset, "tiles"), Keys.TILES, List.of());
    int size = settings.integer("size") > 0 ? settings.integer("size") : format.height();
    int overlap = settings.integer("overlap") >= 0 ? settings.integer("overlap") : size / 4;
    Optional<String> wrong = wrong(size, overlap, format);
    if (wrong.isPresent()) {
      sections.error(given, "dataset.tiles: " + wrong.get());
      return Optional.empty();
    }
    return Optional.of(new Tiling(size, overlap));
  }

  private static Optional<String> wrong(int size, int overlap, ImageFormat format) {
    if (format.height() != format.width()) {
      return Optional.of(
          "tiles are square, and image-size is %d x %d; give it one number"
              .formatted(format.height(), format.width()));
    }
    if (format.resize() == Resize.NONE && size != format.height()) {
      return Optional.of(
          "resize is none, so tiles have image-size, %d pixels, not %d"
              .formatted(format.height(), size));
    }
    return Tiles.wrong(size, overlap);
  }
}
