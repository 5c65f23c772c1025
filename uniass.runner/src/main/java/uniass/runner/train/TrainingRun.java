package uniass.runner.train;

import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.UniassException;
import uniass.api.checkpoint.TensorData;
import uniass.api.data.Dataset;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunStoppedException;
import uniass.api.metric.LineThresholds;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentWriter;
import uniass.inference.model.ModelMetadata;
import uniass.inference.pipeline.Devices;
import uniass.inference.pipeline.ImageMaps;
import uniass.inference.plugin.PartsInUse;
import uniass.io.AtomicFile;
import uniass.io.FolderLock;
import uniass.io.Outputs;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.history.History;
import uniass.runner.queue.RunControl;
import uniass.runner.score.NetworkScoring;

/** A training from its experiment to its model file. */
public final class TrainingRun {

  /** Name of the model file. */
  public static final String MODEL = "model.safetensors";

  /** Name of the file with one row an epoch. */
  static final String HISTORY = "history.csv";

  private static final String EXPERIMENT = "experiment.yaml";
  private static final String IN_USE =
      "go on with --resume, start afresh with --force, or choose another --out";

  private final Services services;

  /** Trains with these. */
  public TrainingRun(Services services) {
    this.services = services;
  }

  /** The folder of a training. */
  public static Path folder(ExperimentSpec spec, Path out) {
    return out != null ? out : Path.of("runs", spec.name());
  }

  /**
   * Refuses a folder that is in use by an older run, or that cannot be written; called before
   * anything else, also before the run waits for its turn. Leaves nothing behind.
   */
  public static void prepare(Path out, TrainingOptions options) {
    Outputs.probe(out, mayUse(out, options), IN_USE);
  }

  private static boolean mayUse(Path out, TrainingOptions options) {
    boolean used = Files.exists(out.resolve(MODEL)) || Files.exists(out.resolve(EXPERIMENT));
    return options.resume() || options.force() || !used;
  }

  /** Trains. */
  public TrainingResult run(ExperimentSpec spec, TrainingOptions options, RunControl control) {
    Path out = folder(spec, options.out());
    Device device = Devices.find(services.engine(), spec.train().device());
    prepare(out, options); // again: another run may have used the folder while this one waited
    try (PartsInUse parts = new PartsInUse(services.plugins())) {
      control.step("reading the data set", 0, 0);
      Dataset dataset = DatasetLoader.read(spec.dataset(), parts);
      TrainingImages images =
          TrainingImages.of(dataset, spec.train()).cut(new ImageMaps(services, spec.dataset()));
      if (spec.train().select() == ExperimentSpec.Select.TEST && images.test().isEmpty()) {
        throw new UniassException("train.select: test needs test images, and there are none");
      }
      control.step("building the network on " + Devices.name(device), 0, 0);
      try (AnomalyNetwork network = services.composer().untrained(spec, parts, device);
          TrainStep learner =
              new TrainStep(
                  services.engine(), device, services.checkpoints(), network, spec.train())) {
        return run(spec, options, control, parts, out, device, images, network, learner);
      }
    }
  }

  /** Uses the folder, now that nothing that a user may have got wrong can refuse the run. */
  @SuppressWarnings("try") // the lock is held, not used
  private TrainingResult run(
      ExperimentSpec spec,
      TrainingOptions options,
      RunControl control,
      PartsInUse parts,
      Path out,
      Device device,
      TrainingImages images,
      AnomalyNetwork network,
      TrainStep learner) {
    Outputs.create(out, mayUse(out, options), IN_USE);
    try (FolderLock lock = FolderLock.of(out)) {
      List.of(MODEL, HISTORY, EXPERIMENT).forEach(name -> Outputs.sweep(out, name));
      ModelSelection judge =
          new ModelSelection(
              services,
              spec,
              new NetworkScoring(services, spec.dataset(), device),
              images,
              NetworkScoring.metrics(parts, spec.train().metrics()),
              control);
      TrainingLoop trainer =
          new TrainingLoop(services, spec, control, parts, out, images, network, learner, judge);
      if (options.resume()) {
        trainer.resume();
      } else {
        trainer.startAfresh();
      }
      AtomicFile.write(out.resolve(EXPERIMENT), ExperimentWriter.resolved(spec));
      TrainingState state = trainer.run();
      return finish(spec, control, out, device, images, network, judge, trainer, state);
    }
  }

  private TrainingResult finish(
      ExperimentSpec spec,
      RunControl control,
      Path out,
      Device device,
      TrainingImages images,
      AnomalyNetwork network,
      ModelSelection judge,
      TrainingLoop trainer,
      TrainingState state) {
    Map<String, String> metadata = new LinkedHashMap<>(trainer.metadata(judge.selection(state)));
    Calibration calibration = new Calibration(services, spec, device, control);
    Map<String, LineThresholds.Threshold> thresholds = calibration.thresholds(network, images);
    metadata.put(LineThresholds.METADATA_KEY, services.thresholds().toJson(thresholds));
    metadata.put(ModelMetadata.THRESHOLD_SOURCE, images.calibrationSource());
    control.step("writing the model", 0, 0);
    Path model = out.resolve(MODEL);
    Map<String, TensorData> tensors = services.checkpoints().save(network.parameters());
    services.checkpoints().write(model, tensors, metadata);
    List<String> warnings = new ArrayList<>(trainer.warnings());
    warnings.addAll(calibration.doubts(thresholds));
    boolean chosen =
        spec.train().select() != ExperimentSpec.Select.LAST
            && state.bestEpoch > 0
            && !state.bestLost;
    Map<String, Double> last = state.rows.get(state.rows.size() - 1);
    control.tell(RunEvent.Kind.CHECKPOINT, state.epoch, state.steps, Map.of(), model.toString());
    return new TrainingResult(
        control.id(),
        out,
        model,
        spec.train().select().key(),
        chosen ? state.bestEpoch : state.epoch,
        state.steps,
        last.get(History.LOSS),
        List.copyOf(state.rows),
        warnings);
  }

  /** The error of a run that was stopped after its last epoch. */
  static RunStoppedException stoppedAtEnd(RunControl control) {
    return new RunStoppedException(
        control.id()
            + " stopped: "
            + control.stopCause().orElse("")
            + "; training itself is done: --resume only finishes it");
  }
}
