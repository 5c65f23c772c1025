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
import uniass.runner.compose.ModelMetadata;
import uniass.runner.config.ExperimentSpec;
import uniass.runner.config.ExperimentSpec.TrainSpec;
import uniass.runner.config.ExperimentWriter;
import uniass.runner.plugin.PartsInUse;
import uniass.runner.run.BusyTime;
import uniass.runner.run.DatasetLoader;
import uniass.runner.run.Outputs;
import uniass.runner.run.RunControl;
import uniass.runner.run.Services;
import uniass.runner.tensorboard.EventFile;

/** The loop: epochs, steps, checkpoints, validations. One object trains once. */
final class Trainer {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final String STATE = "uniass.training";
  private static final int EPOCHS_BEFORE_COMPLAINT = 5;

  private final Services services;
  private final ExperimentSpec spec;
  private final TrainSpec train;
  private final RunControl control;
  private final PartsInUse parts;
  private final Path out;
  private final TrainingPictures pictures;
  private final AnomalyNetwork network;
  private final Learner learner;
  private final Judge judge;
  private final CheckpointFolder checkpoints;
  private final Schedule schedule;
  private final Speed speed;
  private final BusyTime busy = new BusyTime();
  private final EventFile events;
  private final String portable;
  private final List<String> warnings = new ArrayList<>();
  private TrainingState state = new TrainingState();
  private boolean complained;

  Trainer(
      Services services,
      ExperimentSpec spec,
      RunControl control,
      PartsInUse parts,
      Path out,
      TrainingPictures pictures,
      AnomalyNetwork network,
      Learner learner,
      Judge judge) {
    this.services = services;
    this.spec = spec;
    this.train = spec.train();
    this.control = control;
    this.parts = parts;
    this.out = out;
    this.pictures = pictures;
    this.network = network;
    this.learner = learner;
    this.judge = judge;
    this.checkpoints = new CheckpointFolder(out.resolve("checkpoints"), services.checkpoints());
    this.schedule = new Schedule(train.schedule(), train.learningRate(), train.epochs());
    this.speed = new Speed();
    this.events = new EventFile(out.resolve("tensorboard"));
    this.portable = ExperimentWriter.portable(spec);
  }

  /** Goes on from the newest whole checkpoint, if there is one. */
  void resume() {
    checkpoints.sweep();
    Optional<Checkpoint> newest = checkpoints.newest(this::warn);
    if (newest.isEmpty()) {
      control.step("no checkpoint: starting afresh", 0, 0);
      return;
    }
    Checkpoint checkpoint = newest.get();
    refuseOther(checkpoint.metadata());
    learner.load(checkpoint);
    state = TrainingState.fromJson(checkpoint.metadata().get(STATE));
  }

  /** Deletes what an older run left, but not its model. */
  void startAfresh() {
    checkpoints.clear();
  }

  private void refuseOther(Map<String, String> metadata) {
    List<String> theirs = new ModelMetadata(metadata).experiment().orElse("").lines().toList();
    List<String> ours = portable.lines().toList();
    for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
      String before = i < theirs.size() ? theirs.get(i).strip() : "nothing";
      String now = i < ours.size() ? ours.get(i).strip() : "nothing";
      boolean longer = before.startsWith("epochs:") && now.startsWith("epochs:");
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

  /** Trains to the end, and puts the chosen state into the network. */
  TrainingState run() {
    publish();
    Augmentation augmentation = DatasetLoader.augmentation(spec.dataset(), pictures.categories());
    while (state.epoch < train.epochs() && !state.ended) {
      busy.restart();
      epoch(augmentation);
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
    choose();
    return state;
  }

  /**
   * Brings the files that tell the history in line with it: also at the beginning, because a killed
   * process may have left them a few epochs behind the checkpoint, or ahead of it.
   */
  private void publish() {
    Outputs.write(out.resolve("history.csv"), History.csv(state.rows));
    events.write(History.byTag(state.rows));
  }

  /**
   * Validates.
   *
   * @param unjudged the state before the epoch's end, from which a stopped run goes on
   */
  private void validate(Map<String, Double> row, String unjudged) {
    Optional<Map<String, Double>> figures = judge.validate(learner, network);
    if (figures.isEmpty()) {
      state = TrainingState.fromJson(unjudged);
      save();
      throw stopped(checkpoints.newestFile());
    }
    row.putAll(figures.get());
    judge.judge(row, state);
  }

  private void choose() {
    if (train.select() == ExperimentSpec.Select.LAST || state.bestEpoch == 0) {
      learner.chooseAverage();
    } else {
      learner.choose(checkpoints.read(state.bestEpoch));
    }
  }

  private void epoch(Augmentation augmentation) {
    try (Feed feed =
        services
            .pictures()
            .epoch(
                spec.dataset().root(),
                pictures.train(),
                spec.dataset().feed(network.normalisation(), train.batch(), false),
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
      state.pictures += seen;
      speed.add(seen);
    } else {
      if (seen > 0) {
        NonFinite.check(
            () -> learner.firstNonFinite().map(n -> " (that of '" + n + "')"),
            "gradient",
            state.steps + 1,
            train,
            checkpoints.newestFile());
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
        portable,
        pictures.categories(),
        network.normalisation(),
        selected,
        History.csv(state.rows));
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
