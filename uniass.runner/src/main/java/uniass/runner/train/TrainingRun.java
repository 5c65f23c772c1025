/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.data.Image;
import uniass.api.data.SyntheticAnomalies;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.api.experiment.RunEvent;
import uniass.api.metric.ImageScore;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.TrainSpec;
import uniass.inference.model.Composer;
import uniass.inference.pipeline.Devices;
import uniass.inference.plugin.PartsInUse;
import uniass.io.FolderLock;
import uniass.io.Outputs;
import uniass.runner.dataset.ReadableImages;
import uniass.runner.history.History;
import uniass.runner.history.TrainingTime;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.score.NetworkScoring;
import uniass.runner.score.TestSet;
import uniass.runner.train.ModelSelection.Choice;

/** A training from its experiment to its model file. */
public final class TrainingRun {

  /** Name of the model file. */
  public static final String MODEL = "model.safetensors";

  private static final String IN_USE =
      "go on with --resume, start afresh with --force, or choose another --out";

  private final Services services;
  private final ExperimentSpec spec;
  private final TrainingOptions options;
  private final RunControl control;
  private final Path out;

  /** Trains with these. */
  public TrainingRun(
      Services services, ExperimentSpec spec, TrainingOptions options, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.options = options;
    this.control = control;
    this.out = folder(spec, options.out());
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
    return options.resume() || options.force() || !RunFolder.isUsed(out);
  }

  /** Trains. */
  public TrainingResult run() {
    return prepared(course -> finish(course, learn(course)));
  }

  /**
   * Trains up to the end of an epoch and leaves a checkpoint there.
   *
   * @return the mean loss of the normal images that are held out
   */
  public double runTo(int epochs) {
    return prepared(
        course -> {
          List<Image> normal =
              HeldOutLoss.images(services, spec, course.images(), course.step().network());
          TrainingState end = loop(course).runTo(epochs, course.beginning(), course.listener());
          course.checkpoints().keep(end);
          HeldOutLoss loss =
              new HeldOutLoss(services.images(), spec, normal, course.step(), control);
          double[] mean = new double[1];
          course.step().averaged(() -> mean[0] = loss.mean().orElseThrow());
          return mean[0];
        });
  }

  @SuppressWarnings("try") // the lock is held, not used
  private <T> T prepared(Function<TrainingCourse, T> work) {
    Device device = Devices.find(services.engine(), spec.train().device());
    prepare(out, options); // again: another run may have used the folder while this one waited
    try (PartsInUse parts = new PartsInUse(services.plugins())) {
      control.step("reading the data set", 0, 0);
      TrainingImages images = TrainingImages.read(services, spec, parts);
      if (spec.train().select() == TrainSpec.Select.TEST && images.test().isEmpty()) {
        throw new UniassException("train.select: test needs test images, and there are none");
      }
      control.step("building the network on " + Devices.name(device), 0, 0);
      try (AnomalyNetwork network = services.composer().untrained(spec, parts, device);
          TrainStep step =
              new TrainStep(
                  services.engine(), device, services.checkpoints(), network, spec.train())) {
        MapFilterFit.refusal(spec, images, network)
            .ifPresent(
                line -> {
                  throw new UniassException("model.map-filter: " + line);
                });
        // now that nothing that a user may have got wrong can refuse the run
        Outputs.create(out, mayUse(out, options), IN_USE);
        try (FolderLock lock = FolderLock.of(out)) {
          List.of(
                  MODEL,
                  History.FILE,
                  RunFolder.EXPERIMENT,
                  TrainingTime.FILE,
                  TrainingEnvironment.FILE)
              .forEach(name -> Outputs.sweep(out, name));
          return work.apply(course(parts, images, step));
        }
      }
    }
  }

  private TrainingCourse course(PartsInUse parts, TrainingImages images, TrainStep step) {
    boolean fitted = step.network().fitting().isPresent();
    TrainSpec train = fitted ? spec.train().once() : spec.train();
    ModelDescription description =
        new ModelDescription(
            spec.portableYaml(), images.categories(), step.network().normalization());
    CheckpointFolder folder =
        new CheckpointFolder(out.resolve(RunFolder.CHECKPOINTS), services.checkpoints());
    CheckpointWriter checkpoints = new CheckpointWriter(train, folder, step, description, control);
    HistoryWriter history = new HistoryWriter(out);
    TrainingWarnings warnings = new TrainingWarnings(train, control);
    ModelSelection selection = new ModelSelection(train, validation(parts, images, step));

    images.notes().forEach(line -> warnings.warned(TrainingState.BEGINNING, line));
    TrainingState beginning = beginning(folder, step, history, warnings);
    TrainingEnvironment environment = TrainingEnvironment.here(services.engine(), step.device());
    if (beginning != TrainingState.BEGINNING) {
      environment.changes(out).ifPresent(line -> warnings.warned(beginning, line));
    }
    environment.write(out);
    Outputs.write(out.resolve(RunFolder.EXPERIMENT), spec.yaml());
    TrainingListener listener =
        TrainingListener.all(warnings, checkpoints, history, new TrainingProgress(train, control));
    return new TrainingCourse(
        train,
        parts,
        images,
        step,
        description,
        folder,
        checkpoints,
        warnings,
        selection,
        beginning,
        listener);
  }

  private TrainingState learn(TrainingCourse course) {
    TrainStep step = course.step();
    return step.network().fitting().isPresent()
        ? new FittingPass(services, spec, step.device(), control)
            .run(
                step.network(),
                course.images(),
                course.beginning(),
                course.selection(),
                course.listener())
        : loop(course).run(course.beginning(), course.listener());
  }

  private TrainingLoop loop(TrainingCourse course) {
    TrainStep step = course.step();
    return new TrainingLoop(
        course.train(),
        new TrainingBatches(
            services.images(),
            spec,
            course.images(),
            step.network(),
            painter(course.parts(), step.network())),
        step,
        new Guards(course.train(), control, course.parts(), course.checkpoints(), step),
        course.selection());
  }

  private TrainingResult finish(TrainingCourse course, TrainingState end) {
    TrainStep step = course.step();
    TrainingWarnings warnings = course.warnings();
    Choice choice = course.selection().choose(end, step, course.folder(), warnings);
    List<String> all = new ArrayList<>(warnings.lines());
    all.addAll(
        new ModelWriter(services, spec, control, out.resolve(MODEL))
            .write(
                course,
                course.description().metadata(choice.description(), end.rows()),
                options.provenance()));
    control.report(
        RunEvent.Kind.CHECKPOINT, end.epoch(), end.steps(), Map.of(), out.resolve(MODEL) + "");
    return result(end, choice, all);
  }

  /** What paints the defects that the network learns from, if it does. */
  private Optional<SyntheticAnomalies.Generator> painter(PartsInUse parts, AnomalyNetwork network) {
    return network.paintedShare() > 0
        ? Optional.of(Composer.painter(parts, spec))
        : Optional.empty();
  }

  private Validation validation(PartsInUse parts, TrainingImages images, TrainStep step) {
    List<Image> test =
        spec.train().validateEvery() == 0
            ? List.of()
            : ReadableImages.of(services, spec.dataset(), images.test()).images();
    return new Validation(
        step,
        new HeldOutLoss(services.images(), spec, images.heldOut(), step, control),
        new NetworkScoring(services, spec, step.device(), control),
        new TestSet(test, TestSet.metrics(parts, spec.train().metrics())),
        ImageScore.named(spec.calibrate().imageScore()));
  }

  /** The newest whole checkpoint, if the run goes on from one, or else a new beginning. */
  private TrainingState beginning(
      CheckpointFolder folder, TrainStep step, HistoryWriter history, TrainingWarnings warnings) {
    if (!options.resume()) {
      folder.clear();
      history.startAfresh();
      return TrainingState.BEGINNING;
    }
    folder.sweep();
    Optional<Checkpoint> newest =
        folder.newest(line -> warnings.warned(TrainingState.BEGINNING, line));
    if (newest.isEmpty()) {
      control.step("no checkpoint: starting afresh", 0, 0);
      history.startAfresh();
      return TrainingState.BEGINNING;
    }
    Map<String, String> metadata = newest.get().metadata();
    ResumeCheck check = new ResumeCheck(services.library(), spec, out);
    check.refuseOther(metadata);
    step.load(newest.get());
    TrainingState state = CheckpointWriter.state(metadata);
    check.refuseFewerEpochs(state);
    return state;
  }

  private TrainingResult result(TrainingState end, Choice choice, List<String> warnings) {
    return new TrainingResult(
        control.id(),
        out,
        out.resolve(MODEL),
        spec.train().select().key(),
        choice.epoch(),
        end.steps(),
        end.row().get(History.LOSS),
        end.rows(),
        List.copyOf(warnings));
  }
}
