package uniass.inference.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import uniass.api.data.ImageFormat;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.experiment.ExperimentSpec.ModelSpec;
import uniass.inference.experiment.ExperimentSpec.TrainSpec;

/** Writes an experiment with every setting, always in the same order. */
public final class ExperimentWriter {

  private final boolean portable;

  private ExperimentWriter(boolean portable) {
    this.portable = portable;
  }

  /** The experiment as a file that trains it again here. */
  public static String resolved(ExperimentSpec spec) {
    return new ExperimentWriter(false).write(spec);
  }

  /** The experiment without what belongs to one machine: paths and device. */
  public static String portable(ExperimentSpec spec) {
    return new ExperimentWriter(true).write(spec);
  }

  private String write(ExperimentSpec spec) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", spec.name());
    root.put("dataset", dataset(spec.dataset()));
    root.put("model", model(spec.model()));
    root.put("train", train(spec.train()));
    root.put(
        "evaluate",
        ordered(
            "metrics",
            parts(spec.evaluate().metrics()),
            "rules",
            spec.evaluate().rules(),
            "batch",
            spec.evaluate().batch()));
    root.put(
        "calibrate",
        ordered(
            "method",
            spec.calibrate().method(),
            "false-alarm-rate",
            spec.calibrate().falseAlarmRate(),
            "confidence",
            spec.calibrate().confidence(),
            "held-out",
            spec.calibrate().heldOut()));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setWidth(1000);
    options.setSplitLines(false);
    return new Yaml(options).dump(fresh(root));
  }

  private Map<String, Object> dataset(DatasetSpec d) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reader", part(d.reader()));
    if (!portable && d.root() != null) {
      map.put("root", d.root().toString());
    }
    map.put("image-size", List.of(d.format().height(), d.format().width()));
    map.put(
        "resize", d.format().resize().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    d.tiles().ifPresent(t -> map.put("tiles", ordered("size", t.size(), "overlap", t.overlap())));
    map.put("mask-threshold", d.format().maskThreshold());
    map.put("maximum-pixels", d.format().maximumPixels());
    if (d.format().depth() != ImageFormat.DEFAULT_DEPTH) {
      map.put("depth", d.format().depth());
    }
    map.put("categories", d.categories().isEmpty() ? DatasetSpec.ALL : d.categories());
    map.put(
        "augment",
        ordered(
            "hflip", sorted(d.augment().horizontalFlip()),
            "vflip", sorted(d.augment().verticalFlip()),
            "rotate", sorted(d.augment().rotate()),
            "colour-jitter", d.augment().colorJitter()));
    map.put("balanced", d.balanced());
    map.put("skip-unreadable", d.skipUnreadable());
    return map;
  }

  private Map<String, Object> model(ModelSpec m) {
    Map<String, Object> map = new LinkedHashMap<>();
    Map<String, Object> backbone = partMap(m.backbone());
    if (!portable) {
      backbone.put("weights", m.weights());
    }
    map.put("backbone", backbone.size() == 1 ? m.backbone().name() : backbone);
    map.put("features", part(m.features()));
    map.put("hidden", m.hidden());
    map.put("pixel-decoder", part(m.pixelDecoder()));
    map.put("attention", part(m.attention()));
    map.put("gated-cnn", part(m.gatedCnn()));
    map.put(
        "query",
        ordered("projector", part(m.queryProjector()), "processor", part(m.queryProcessor())));
    map.put("loss", ordered("terms", parts(m.terms()), "weight", m.lossWeight()));
    map.put(
        "jitter", ordered("scale", m.jitter().scale(), "probability", m.jitter().probability()));
    map.put("map-filter", part(m.mapFilter()));
    map.put("fusion", part(m.fusion()));
    return map;
  }

  private Map<String, Object> train(TrainSpec t) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epochs", t.epochs());
    map.put("batch", t.batch());
    map.put("accumulate", t.accumulate());
    map.put("optimizer", "adamw");
    map.put("learning-rate", t.learningRate());
    map.put("weight-decay", t.weightDecay());
    map.put("clip", t.clip());
    map.put("ema", t.ema());
    map.put("seed", t.seed());
    if (!portable) {
      map.put("device", t.device());
    }
    map.put(
        "schedule",
        ordered(
            "name", t.schedule().name(),
            "every", t.schedule().every(),
            "factor", t.schedule().factor(),
            "late", t.schedule().late(),
            "minimum", t.schedule().minimum(),
            "warm-up", t.schedule().warmUp()));
    map.put("validate-every", t.validateEvery());
    map.put("metrics", parts(t.metrics()));
    map.put("select", t.select().key());
    map.put("held-out", t.heldOut());
    map.put("early-stopping", t.earlyStopping());
    map.put("non-finite", t.skipNonFinite() ? "skip" : "stop");
    map.put("checkpoint-every", t.checkpointEvery());
    return map;
  }

  private static List<Object> parts(List<PartSpec> parts) {
    return new ArrayList<>(parts.stream().map(ExperimentWriter::part).toList());
  }

  private static Object part(PartSpec part) {
    Map<String, Object> map = partMap(part);
    return map.size() == 1 ? part.name() : map;
  }

  private static Map<String, Object> partMap(PartSpec part) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", part.name());
    new TreeMap<>(part.settings().values())
        .forEach(
            (key, value) -> {
              if (value != null) {
                map.put(key, value);
              }
            });
    return map;
  }

  /** Copies, because YAML would write an object that is there twice as a reference. */
  private static Object fresh(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(k, fresh(v)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(fresh(item)));
      return copy;
    }
    return value;
  }

  private static List<String> sorted(Set<String> words) {
    return List.copyOf(new TreeSet<>(words));
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
