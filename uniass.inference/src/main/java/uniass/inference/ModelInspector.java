package uniass.inference;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.data.Tiling;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.ModelInfo;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentWriter;
import uniass.inference.experiment.Tiles;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.pipeline.Devices;

/**
 * An open model. Inspections share it. Closing waits until the batches that are being computed are
 * done; an inspection of many files ends there, with what it has computed.
 */
public final class ModelInspector implements Inspector {

  private final Services services;
  private final LoadedModel model;
  private final ModelInfo info;
  private final Threshold threshold;
  private final Mapper mapper;
  private final InspectionOptions options;
  private final Optional<Tiling> tiling;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private ModelInspector(
      Services services, LoadedModel model, InspectionOptions options, Device device) {
    this.services = services;
    this.model = model;
    this.options = options;
    this.tiling = tiling(model.spec(), options);
    this.threshold = threshold(model, options);
    this.mapper =
        new Mapper(
            services.engine(),
            device,
            services.images(),
            model.network(),
            options.tile() == InspectionOptions.AS_TRAINED
                ? model.spec().dataset().format()
                : model.spec().dataset().wholeFormat());
    this.info =
        new ModelInfo(
            model.spec().name(),
            ExperimentWriter.portable(model.spec()),
            model.network().shape().imageHeight(),
            model.network().shape().imageWidth(),
            model.metadata().categories(),
            threshold != null,
            Devices.name(device),
            model.notes());
  }

  /** Opens a model. */
  public static ModelInspector open(Services services, Path file, InspectionOptions options) {
    check(options);
    Device device = Devices.find(services.engine(), options.device());
    ExperimentSpec spec =
        options.experiment() == null
            ? null
            : services.library().read(options.experiment(), List.of());
    LoadedModel model = services.models().load(file, spec, device);
    try {
      return new ModelInspector(services, model, options, device);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void check(InspectionOptions options) {
    if (options.batch() < 1) {
      throw new UniassException("a batch has one image at least, not " + options.batch());
    }
    if (options.tile() > 0) {
      Tiles.wrong(options.tile(), options.overlap())
          .ifPresent(
              wrong -> {
                throw new UniassException(wrong);
              });
    }
  }

  private static Optional<Tiling> tiling(ExperimentSpec spec, InspectionOptions options) {
    if (options.tile() == InspectionOptions.AS_TRAINED) {
      return spec.dataset().tiles();
    }
    return options.tile() == 0
        ? Optional.empty()
        : Optional.of(new Tiling(options.tile(), options.overlap()));
  }

  private static Threshold threshold(LoadedModel model, InspectionOptions options) {
    Map<String, Threshold> thresholds = model.metadata().thresholds();
    if (thresholds.isEmpty()) {
      return null;
    }
    String key = options.category() == null ? ThresholdCalibrator.ALL : options.category();
    Threshold chosen = thresholds.get(key);
    if (chosen == null) {
      throw new UniassException(
          "the model has no threshold for category '"
              + key
              + "'; it has: "
              + String.join(", ", model.metadata().categories()));
    }
    return chosen;
  }

  @Override
  public ModelInfo model() {
    return info;
  }

  @Override
  public Prediction inspect(Path file) {
    Input input = decode(file);
    return open(() -> results(List.of(file.getFileName().toString()), List.of(input)).get(0));
  }

  private Input decode(Path file) {
    ImageFormat format = model.spec().dataset().format();
    if (Input.isNormalized(file)) {
      if (tiling.isPresent()) {
        throw new UniassException(file + " holds a network's input, which is not cut into tiles");
      }
      return Input.read(file, format);
    }
    return new Input.Image(services.images().decode(file, format));
  }

  @Override
  public Prediction inspect(String name, Pixels pixels) {
    return open(() -> results(List.of(name), List.of(new Input.Image(pixels))).get(0));
  }

  @Override
  public int inspect(List<Path> files, Results results) {
    // large images one by one, so that few are in memory; their tiles make the batches
    int together = tiling.isPresent() ? 1 : options.batch();
    return new FileInspection(files, results, together, this::decode)
        .run((names, inputs) -> open(() -> results(names, inputs)));
  }

  private List<Prediction> results(List<String> names, List<? extends Input> inputs) {
    List<Prediction> results = new ArrayList<>();
    if (tiling.isEmpty()) {
      List<AnomalyMap> maps = mapper.maps(inputs);
      for (int i = 0; i < maps.size(); i++) {
        results.add(result(names.get(i), maps.get(i)));
      }
      return results;
    }
    TiledInspection tiled = new TiledInspection(mapper, tiling.get(), options.batch());
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof Input.Image image) {
        results.add(result(names.get(i), tiled.map(image.pixels())));
      }
    }
    return results;
  }

  private Prediction result(String name, AnomalyMap map) {
    double score = ImageScore.MAX.of(map.values());
    Verdict verdict = Verdict.UNDECIDED;
    if (threshold != null) {
      verdict = threshold.anomalous(score) ? Verdict.ANOMALOUS : Verdict.NORMAL;
    }
    return new Prediction(
        name,
        map.height(),
        map.width(),
        map.values(),
        score,
        verdict,
        threshold == null ? Double.NaN : threshold.value());
  }

  private <T> T open(Supplier<T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
