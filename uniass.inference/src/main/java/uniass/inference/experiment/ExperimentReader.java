package uniass.inference.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.metric.Scores;
import uniass.api.network.NetworkPlan;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.inference.experiment.ExperimentSpec.CalibrateSpec;
import uniass.inference.experiment.ExperimentSpec.EvaluateSpec;
import uniass.inference.experiment.ExperimentSpec.ModelSpec;
import uniass.inference.experiment.ExperimentSpec.ScheduleSpec;
import uniass.inference.experiment.ExperimentSpec.Select;
import uniass.inference.experiment.ExperimentSpec.TrainSpec;
import uniass.inference.plugin.Plugins;

/**
 * Turns YAML into a checked experiment, or into one message that names everything wrong with it.
 */
public final class ExperimentReader {

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
   * @throws UniassException with one line a problem
   */
  public static ExperimentSpec read(
      Plugins plugins, String source, String text, Path folder, List<String> overrides) {
    return read(plugins, source, text, folder, overrides, Set.of());
  }

  /**
   * Reads an experiment of which some plug-ins may be missing.
   *
   * @param dispensable types of plug-ins; what is said of a missing one is kept unchecked
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
        new DatasetSection(sections, parts, folder).read(sections.map(root, "dataset")),
        model(sections.map(root, "model")),
        train(sections.map(root, "train")),
        evaluate(sections.map(root, "evaluate")),
        calibrate(sections.map(root, "calibrate")));
  }

  private ModelSpec model(Located at) {
    Map<String, Located> keys = at.entries();
    Settings settings = sections.read("model", at, Keys.MODEL, Keys.MODEL_OTHERS);
    Settings jitter =
        sections.read("model.jitter", sections.map(at, "jitter"), Keys.JITTER, List.of());
    Located query = sections.map(at, "query");
    sections.read("model.query", query, List.of(), List.of("projector", "processor"));
    Located loss = sections.map(at, "loss");
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
    Located metrics = at.entries().get("metrics");
    if (select == Select.TEST && first(metrics).equals(Scores.MAD)) {
      sections.error(
          metrics,
          "train.select: test chooses by the first of train.metrics, and mad stands for seven;"
              + " name the one to choose by before it");
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
        parts.readMetrics("train.metrics", metrics, Keys.TRAIN_METRICS),
        select,
        s.number("held-out"),
        s.integer("early-stopping"),
        s.text("non-finite").equals("skip"),
        s.integer("checkpoint-every"));
  }

  private static String first(Located list) {
    if (list == null) {
      return "";
    }
    return list.isList()
        ? list.items().stream().findFirst().map(Located::raw).orElse("")
        : list.raw();
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
        parts.readMetrics("evaluate.metrics", at.entries().get("metrics"), Keys.EVALUATE_METRICS),
        s.text("rules"),
        s.integer("batch"));
  }

  private CalibrateSpec calibrate(Located at) {
    Settings s = sections.read("calibrate", at, Keys.CALIBRATE, List.of());
    return new CalibrateSpec(
        s.text("method"),
        s.number("false-alarm-rate"),
        s.number("confidence"),
        s.number("held-out"));
  }

  private static String baseName(String source) {
    String file = Path.of(source).getFileName().toString();
    String base = file.replaceFirst("\\.(ya?ml)$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    return base.matches("[A-Za-z0-9].*") ? base : "experiment";
  }
}
