package uniass.runner.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Augmentation;
import uniass.api.data.PictureFormat;
import uniass.api.data.Resize;
import uniass.api.network.NetworkPlan;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.runner.config.ExperimentSpec.CalibrateSpec;
import uniass.runner.config.ExperimentSpec.DatasetSpec;
import uniass.runner.config.ExperimentSpec.EvaluateSpec;
import uniass.runner.config.ExperimentSpec.ModelSpec;
import uniass.runner.config.ExperimentSpec.ScheduleSpec;
import uniass.runner.config.ExperimentSpec.Select;
import uniass.runner.config.ExperimentSpec.TrainSpec;
import uniass.runner.plugin.Plugins;

/**
 * Turns YAML into a checked experiment, or into one message that names everything wrong with it.
 */
public final class ExperimentReader {

  private static final int DEFAULT_SIZE = 224;

  private final List<Problem> problems = new ArrayList<>();
  private final SectionReader sections = new SectionReader(problems);
  private final PartReader parts;
  private final Path folder;

  private ExperimentReader(Plugins plugins, Path folder) {
    this.parts = new PartReader(plugins, sections);
    this.folder = folder;
  }

  /**
   * Reads an experiment.
   *
   * @param source the file's name, for messages and as the experiment's name if it has none
   * @param folder what relative paths are relative to
   * @param overrides {@code key.key=value}
   * @throws UniassException with one line a problem
   */
  public static ExperimentSpec read(
      Plugins plugins, String source, String text, Path folder, List<String> overrides) {
    Located root = YamlSource.read(source, text, overrides);
    ExperimentReader reader = new ExperimentReader(plugins, folder);
    ExperimentSpec spec = reader.experiment(root, source);
    if (!reader.problems.isEmpty()) {
      throw new UniassException(
          String.join(
              System.lineSeparator(),
              reader.problems.stream()
                  .map(p -> (p.where().startsWith("--") ? "" : source + ", ") + p)
                  .toList()));
    }
    return spec;
  }

  private ExperimentSpec experiment(Located root, String source) {
    Settings top =
        sections.read(
            "the experiment",
            root,
            List.of(Setting.text("name", baseName(source), "the experiment's name")),
            Keys.TOP);
    String name = top.text("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      sections.error(
          root.entries().getOrDefault("name", root),
          "name '" + name + "' must be letters, digits, dots, dashes, because it names a folder");
    }
    return new ExperimentSpec(
        name,
        dataset(section(root, "dataset")),
        model(section(root, "model")),
        train(section(root, "train")),
        evaluate(section(root, "evaluate")),
        calibrate(section(root, "calibrate")));
  }

  private Located section(Located root, String key) {
    Located section = root.entries().get(key);
    if (section == null || section.value() == null) {
      return Located.map(Map.of(), key);
    }
    if (!section.isMap()) {
      sections.error(section, key + " must be a map, not " + section.kind());
      return Located.map(Map.of(), section.where());
    }
    return section;
  }

  private DatasetSpec dataset(Located at) {
    Settings settings = sections.read("dataset", at, Keys.DATASET, Keys.DATASET_OTHERS);
    int[] size = size(at.entries().get("image-size"));
    PictureFormat format =
        new PictureFormat(
            size[0],
            size[1],
            Resize.valueOf(settings.text("resize").toUpperCase(Locale.ROOT).replace('-', '_')),
            settings.integer("mask-threshold"),
            (long) settings.number("maximum-pixels"));
    Settings augment =
        sections.read("dataset.augment", section(at, "augment"), Keys.AUGMENT, List.of());
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

  private ModelSpec model(Located at) {
    Map<String, Located> keys = at.entries();
    Settings settings = sections.read("model", at, Keys.MODEL, Keys.MODEL_OTHERS);
    Settings jitter = sections.read("model.jitter", section(at, "jitter"), Keys.JITTER, List.of());
    Located query = section(at, "query");
    sections.read("model.query", query, List.of(), List.of("projector", "processor"));
    Located loss = section(at, "loss");
    List<PartSpec> terms = terms(loss);
    List<String> termNames = terms.stream().map(PartSpec::name).toList();
    List<String> lossKeys = new ArrayList<>(termNames);
    lossKeys.add("terms");
    Settings lossSettings = sections.read("model.loss", loss, Keys.LOSS, lossKeys);
    return new ModelSpec(
        parts.read(
            "model.backbone",
            PluginType.BACKBONE,
            keys.get("backbone"),
            "efficientnet-b4",
            List.of("weights")),
        weights(keys.get("backbone")),
        parts.read(
            "model.features", PluginType.FEATURES, keys.get("features"), "gaussian-residual"),
        settings.integer("hidden"),
        parts.read(
            "model.pixel-decoder",
            PluginType.PIXEL_DECODER,
            keys.get("pixel-decoder"),
            "transformer-fpn"),
        parts.read(
            "model.attention", PluginType.ATTENTION, keys.get("attention"), "spatial-channel"),
        parts.read("model.gated-cnn", PluginType.GATED_CNN, keys.get("gated-cnn"), "mgg-cnn"),
        parts.read(
            "model.query.projector",
            PluginType.QUERY_PROJECTOR,
            query.entries().get("projector"),
            "conv3x3"),
        parts.read(
            "model.query.processor",
            PluginType.QUERY,
            query.entries().get("processor"),
            "re-weighted"),
        terms,
        lossSettings.number("weight"),
        new NetworkPlan.Jitter(jitter.number("scale"), jitter.number("probability")),
        parts.read("model.map-filter", PluginType.MAP_FILTER, keys.get("map-filter"), "gaussian"),
        parts.read("model.fusion", PluginType.FUSION, keys.get("fusion"), "product"));
  }

  private List<PartSpec> terms(Located loss) {
    return parts
        .readAll(
            "model.loss.terms",
            PluginType.LOSS,
            loss.entries().get("terms"),
            List.of("mse", "cosine"))
        .stream()
        .map(
            term -> {
              Located beside = loss.entries().get(term.name());
              return beside == null
                  ? term
                  : parts.refine("model.loss." + term.name(), term, beside);
            })
        .toList();
  }

  private String weights(Located backbone) {
    if (backbone == null || !backbone.isMap()) {
      return ModelSpec.BUNDLED;
    }
    Located weights = backbone.entries().get("weights");
    if (weights == null || weights.value() == null) {
      return ModelSpec.BUNDLED;
    }
    if (weights.isMap() || weights.isList()) {
      sections.error(weights, "model.backbone.weights must be a file, 'bundled' or 'random'");
      return ModelSpec.BUNDLED;
    }
    String text = weights.raw();
    return text.equals(ModelSpec.RANDOM) || text.equals(ModelSpec.BUNDLED)
        ? text
        : folder.resolve(text).normalize().toString();
  }

  private TrainSpec train(Located at) {
    Settings s = sections.read("train", at, Keys.TRAIN, Keys.TRAIN_OTHERS);
    ScheduleSpec schedule = schedule(at.entries().get("schedule"));
    if (!s.text("device").matches("auto|cpu|cuda:\\d{1,3}")) {
      sections.error(
          at.entries().get("device"),
          "train.device must be auto, cpu or cuda:N, not '" + s.text("device") + "'");
    }
    Select select = Select.valueOf(s.text("select").toUpperCase(Locale.ROOT).replace('-', '_'));
    if (select != Select.LAST && s.integer("validate-every") == 0) {
      sections.error(
          at.entries().get("select"),
          "train.select: " + select.key() + " needs train.validate-every above 0");
    }
    return new TrainSpec(
        s.integer("epochs"),
        s.integer("batch"),
        s.integer("accumulate"),
        s.number("learning-rate"),
        s.number("weight-decay"),
        s.number("clip"),
        s.number("ema"),
        ((Number) s.values().get("seed")).longValue(),
        s.text("device"),
        schedule,
        s.integer("validate-every"),
        parts.readAll(
            "train.metrics", PluginType.METRIC, at.entries().get("metrics"), Keys.TRAIN_METRICS),
        select,
        s.number("held-out"),
        s.integer("early-stopping"),
        s.text("non-finite").equals("skip"),
        s.integer("checkpoint-every"));
  }

  private ScheduleSpec schedule(Located given) {
    Located map = given;
    if (given != null && given.value() instanceof String) {
      map = Located.map(Map.of("name", given), given.where());
    } else if (given != null && !given.isMap()) {
      sections.error(given, "train.schedule must be step, cosine, constant, or a map with a name");
      map = null;
    }
    Settings s = sections.read("train.schedule", map, Keys.SCHEDULE, List.of());
    return new ScheduleSpec(
        s.text("name"),
        s.integer("every"),
        s.number("factor"),
        s.flag("late"),
        s.number("minimum"),
        s.number("warm-up"));
  }

  private EvaluateSpec evaluate(Located at) {
    Settings s = sections.read("evaluate", at, Keys.EVALUATE, Keys.EVALUATE_OTHERS);
    return new EvaluateSpec(
        parts.readAll(
            "evaluate.metrics",
            PluginType.METRIC,
            at.entries().get("metrics"),
            Keys.EVALUATE_METRICS),
        s.text("rules"),
        s.integer("batch"));
  }

  private CalibrateSpec calibrate(Located at) {
    Settings s = sections.read("calibrate", at, Keys.CALIBRATE, List.of());
    return new CalibrateSpec(s.number("false-alarm-rate"), s.number("confidence"));
  }

  private static String baseName(String source) {
    String file = Path.of(source).getFileName().toString();
    String base = file.replaceFirst("\\.(ya?ml)$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    return base.matches("[A-Za-z0-9].*") ? base : "experiment";
  }
}
