package uniass.runner.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.data.Augmentation;
import uniass.api.data.Batch;
import uniass.api.data.Feed;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunStoppedException;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.Select;
import uniass.inference.experiment.ExperimentSpec.TrainSpec;
import uniass.inference.experiment.ExperimentWriter;
import uniass.inference.model.ModelMetadata;
import uniass.inference.pipeline.BusyTime;
import uniass.inference.plugin.PartsInUse;
import uniass.io.AtomicFile;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.history.EventFile;
import uniass.runner.history.History;
import uniass.runner.queue.RunControl;

/** The loop: epochs, steps, checkpoints, validations. One object trains once. */
final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final String STATE = "uniass.training";
  private static final int EPOCHS_BEFORE_COMPLAINT = 5;

  private final Services services;
  private final ExperimentSpec spec;
  private final TrainSpec train;
  private final RunControl control;
  private final PartsInUse parts;
  private final Path out;
  private final TrainingImages images;
  private final AnomalyNetwork network;
  private final TrainStep learner;
  private final ModelSelection judge;
  private final CheckpointFolder checkpoints;
  private final Schedule schedule;
  private final Speed speed;
  private final BusyTime busy = new BusyTime();
  private final EventFile events;
  private final String portable;
  private final List<String> warnings = new ArrayList<>();
  private TrainingState state = new TrainingState();
  private boolean complained;

  TrainingLoop(
      Services services,
      ExperimentSpec spec,
      RunControl control,
      PartsInUse parts,
      Path out,
      TrainingImages images,
      AnomalyNetwork network,
      TrainStep learner,
      ModelSelection judge) {
    this.services = services;
    this.spec = spec;
    this.train = spec.train();
    this.control = control;
    this.parts = parts;
    this.out = out;
    this.images = images;
    this.network = network;
    this.learner = learner;
    this.judge = judge;
    this.checkpoints = new CheckpointFolder(out.resolve("checkpoints"), services.checkpoints());
    this.schedule = new Schedule(train.schedule(), train.learningRate(), train.epochs());
    this.speed = new Speed();
    this.events = EventFile.of(out);
    this.portable = ExperimentWriter.portable(spec);
  }

  /** Goes on from the newest whole checkpoint, if there is one. */
  void resume() {
    checkpoints.sweep();
    Optional<Checkpoint> newest = checkpoints.newest(this::warn);
    if (newest.isEmpty()) {
      control.step("no checkpoint: starting afresh", 0, 0);
      events.delete();
      return;
    }
    Checkpoint checkpoint = newest.get();
    refuseOther(checkpoint.metadata());
    learner.load(checkpoint);
    state = TrainingState.fromJson(checkpoint.metadata().get(STATE));
    refuseFewerEpochs();
  }

  /** Deletes what an older run left, but not its model. */
  void startAfresh() {
    checkpoints.clear();
    events.delete();
  }

  private void refuseOther(Map<String, String> metadata) {
    List<String> theirs = decisive(new ModelMetadata(metadata).experiment().orElse(""));
    List<String> ours = decisive(portable);
    for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
      String before = i < theirs.size() ? theirs.get(i).strip() : "nothing";
      String now = i < ours.size() ? ours.get(i).strip() : "nothing";
      // more epochs are more of the same, unless the schedule looks at the last one
      boolean longer =
          before.startsWith("epochs:")
              && now.startsWith("epochs:")
              && !train.schedule().name().equals("cosine");
      if (!before.equals(now) && !longer) {
        throw new UniassException(
            out
                + ": its checkpoints belong to another experiment: they have '"
                + before
                + "' where this one has '"
                + now
                + "'; use --force to start afresh, or another --out");
      }
    }
  }

  private void refuseFewerEpochs() {
    if (state.epoch > train.epochs()) {
      throw new UniassException(
          out
              + ": "
              + state.epoch
              + " epochs are done, more than train.epochs: "
              + train.epochs()
              + "; use --force to start afresh, or another --out");
    }
  }

  /** The lines that decide what training does. What judges test images may choose the state. */
  private List<String> decisive(String experiment) {
    List<String> lines = experiment.lines().toList();
    int from = lines.indexOf("dataset:");
    int to = lines.indexOf(train.select() == Select.TEST ? "calibrate:" : "evaluate:");
    return from < 0 || to < from ? lines : lines.subList(from, to);
  }

  /** Trains to the end, and puts the chosen state into the network. */
  TrainingState run() {
    publish();
    Augmentation augmentation = DatasetLoader.augmentation(spec.dataset(), images.categories());
    while (state.epoch < train.epochs() && !state.ended) {
      busy.restart();
      epoch(augmentation);
      refuseSkippedEpoch();
      String unjudged = state.toJson();
      Map<String, Double> row = state.endEpoch();
      speed.pause();
      if (judge.due(state.epoch)) {
        busy.leaveOut(() -> validate(row, unjudged));
      } else if (train.validateEvery() == 0) {
        judge.judge(row, state);
      }
      complainAboutLoss();
      boolean last = state.epoch == train.epochs() || state.ended;
      if (last || state.epoch % train.checkpointEvery() == 0 || state.bestEpoch == state.epoch) {
        save();
      }
      publish();
      LOG.info("epoch {}: the network's operations took {}", state.epoch, busy.share());
      control.tell(RunEvent.Kind.EPOCH, state.epoch, state.steps, row, "");
    }
    tellOfEnd();
    choose();
    return state;
  }

  private void refuseSkippedEpoch() {
    if (state.epochSteps == 0 && state.skipped > 0) {
      throw new UniassException(
          "epoch "
              + (state.epoch + 1)
              + ": every batch was skipped, because its loss or gradient was not finite"
              + NonFinite.goOnFrom(checkpoints.newestFile())
              + "; lower train.learning-rate");
    }
  }

  private void tellOfEnd() {
    long skipped = state.rows.stream().mapToLong(r -> r.get(History.SKIPPED).longValue()).sum();
    if (skipped > 0) {
      warn(
          "%d of %d batches were skipped, because their losses or gradients were not finite"
              .formatted(skipped, state.batches));
    }
    if (state.ended) {
      warn(
          "ended early, after epoch %d of %d: no gain in %d %s"
              .formatted(
                  state.epoch,
                  train.epochs(),
                  train.earlyStopping(),
                  train.validateEvery() == 0 ? "epochs" : "validations"));
    }
  }

  /**
   * Brings the files that tell the history in line with it: also at the beginning, because a killed
   * process may have left them a few epochs behind the checkpoint, or ahead of it.
   */
  private void publish() {
    AtomicFile.write(out.resolve(TrainingRun.HISTORY), History.csv(state.rows));
    events.write(History.byTag(state.rows));
  }

  /**
   * Validates.
   *
   * @param unjudged the state before the epoch's end, from which a run goes on that ended in it
   */
  private void validate(Map<String, Double> row, String unjudged) {
    Optional<Map<String, Double>> figures;
    try {
      figures = judge.validate(learner, network);
    } catch (RuntimeException e) {
      saveAs(unjudged); // whatever failed, the epoch is not lost
      throw e;
    }
    if (figures.isEmpty()) {
      saveAs(unjudged);
      throw stopped(checkpoints.newestFile());
    }
    row.putAll(figures.get());
    judge.judge(row, state);
  }

  private void saveAs(String json) {
    state = TrainingState.fromJson(json);
    save();
  }

  private void choose() {
    if (train.select() == Select.LAST || state.bestEpoch == 0) {
      learner.chooseAverage();
      return;
    }
    Checkpoint best;
    try {
      best = checkpoints.read(state.bestEpoch);
    } catch (UniassException e) {
      state.bestLost = true;
      warn(e.getMessage() + "; the last epoch's state is used instead of the best");
      learner.chooseAverage();
      return;
    }
    learner.choose(best);
  }

  private void epoch(Augmentation augmentation) {
    try (Feed feed =
        services
            .images()
            .epoch(
                spec.dataset().root(),
                images.train(),
                spec.dataset().feed(network.normalization(), train.batch(), false),
                augmentation,
                train.seed(),
                state.epoch,
                spec.dataset().balanced())) {
      skip(feed, state.batch);
      while (group(feed)) {
        control.step(
            speed.line(state, train),
            (long) state.epoch * feed.batches() + state.batch,
            (long) train.epochs() * feed.batches());
      }
    }
  }

  private static void skip(Feed feed, int batches) {
    for (int i = 0; i < batches; i++) {
      try (Batch batch = feed.next()) {
        if (batch == null) {
          return;
        }
      }
    }
  }

  /** One step of the optimizer, over as many batches as the experiment accumulates. */
  private boolean group(Feed feed) {
    int size = Math.min(train.accumulate(), Math.max(1, feed.batches() - state.batch));
    double lossSum = 0;
    int seen = 0;
    int batches = 0;
    for (int i = 0; i < size; i++) {
      stopIfAsked();
      try (Batch batch = feed.next()) {
        if (batch == null) {
          break;
        }
        long number = state.batches + i;
        double weight = 1.0 / size;
        double loss = busy.in(() -> learner.accumulate(batch, number, weight));
        if (!Double.isFinite(loss)) {
          NonFinite.check(
              () -> learner.firstNonFiniteStage(batch, number).map(n -> " (from '" + n + "' on)"),
              "loss",
              state.steps + 1,
              train,
              checkpoints.newestFile());
          seen = 0;
          batches = i + 1;
          break;
        }
        lossSum += loss * batch.size();
        seen += batch.size();
        batches++;
      }
    }
    if (batches == 0) {
      return false;
    }
    double norm = seen == 0 ? Double.NaN : busy.in(learner::clip);
    boolean finite = Double.isFinite(norm);
    if (finite) {
      state.rate = schedule.rate(state.epoch, state.batch, feed.batches());
      busy.in(
          () -> {
            learner.step(state.rate);
            return null;
          });
      state.steps++;
      state.epochSteps++;
      state.lossSum += lossSum;
      state.normSum += norm;
      state.images += seen;
      speed.add(seen);
    } else {
      if (seen > 0) {
        NonFinite.check(
            learner::whereNotFinite, "gradient", state.steps + 1, train, checkpoints.newestFile());
      }
      learner.forget();
      state.skipped += batches;
    }
    state.batch += batches;
    state.batches += batches;
    return true;
  }

  private void stopIfAsked() {
    parts.lost().ifPresent(control::stop);
    if (control.stopCause().isPresent()) {
      learner.forget();
      save();
      throw stopped(checkpoints.newestFile());
    }
  }

  private RunStoppedException stopped(Optional<Path> checkpoint) {
    return new RunStoppedException(
        control.id()
            + " stopped: "
            + control.stopCause().orElse("")
            + checkpoint.map(c -> "; checkpoint " + c).orElse("; no checkpoint yet")
            + "; --resume goes on from there");
  }

  private void save() {
    Map<String, String> metadata = new LinkedHashMap<>(metadata("a checkpoint"));
    metadata.put(STATE, state.toJson());
    Path file =
        checkpoints.write(state.epoch, state.batch, state.bestEpoch, learner.save(), metadata);
    control.tell(RunEvent.Kind.CHECKPOINT, state.epoch, state.steps, Map.of(), file.toString());
  }

  /** What a model file of this training says about itself. */
  Map<String, String> metadata(String selected) {
    return ModelMetadata.of(
        portable, images.categories(), network.normalization(), selected, History.csv(state.rows));
  }

  private void complainAboutLoss() {
    boolean early = state.epoch < EPOCHS_BEFORE_COMPLAINT && state.epoch < train.epochs();
    if (complained || early || state.rows.size() < 2) {
      return;
    }
    double first = state.rows.get(0).get(History.LOSS);
    double now = state.rows.get(state.rows.size() - 1).get(History.LOSS);
    if (!(now < first)) {
      complained = true;
      warn(
          "the loss does not fall: %.4g in epoch 1, %.4g in epoch %d; try another learning-rate"
              .formatted(first, now, state.epoch));
    }
  }

  private void warn(String line) {
    warnings.add(line);
    control.tell(RunEvent.Kind.WARNING, state.epoch, state.steps, Map.of(), line);
  }

  /** What the user should know. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }
}
