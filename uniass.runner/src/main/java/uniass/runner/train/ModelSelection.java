package uniass.runner.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import uniass.api.data.Batch;
import uniass.api.data.Feed;
import uniass.api.data.Image;
import uniass.api.metric.Metric;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.network.AnomalyNetwork;
import uniass.api.plugin.Configured;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.Select;
import uniass.runner.dataset.ReadableImages;
import uniass.runner.history.History;
import uniass.runner.queue.RunControl;
import uniass.runner.score.NetworkScoring;

/** Validates, and says which of two states is better. */
final class ModelSelection {

  private final Services services;
  private final ExperimentSpec spec;
  private final NetworkScoring scorer;
  private final TrainingImages images;
  private final List<Configured<Metric>> metrics;
  private final RunControl control;
  private List<Image> readableTest;

  ModelSelection(
      Services services,
      ExperimentSpec spec,
      NetworkScoring scorer,
      TrainingImages images,
      List<Configured<Metric>> metrics,
      RunControl control) {
    this.services = services;
    this.spec = spec;
    this.scorer = scorer;
    this.images = images;
    this.metrics = metrics;
    this.control = control;
  }

  /** Whether there is a validation after so many epochs. */
  boolean due(int epoch) {
    int every = spec.train().validateEvery();
    return every > 0 && (epoch % every == 0 || epoch == spec.train().epochs());
  }

  /**
   * Computes the figures of a validation.
   *
   * @return columns of the history, or nothing if it was stopped
   */
  Optional<Map<String, Double>> validate(TrainStep learner, AnomalyNetwork network) {
    Map<String, Double> figures = new LinkedHashMap<>();
    boolean[] stopped = {false};
    learner.averaged(
        () ->
            stopped[0] = !heldOut(learner, network, figures::put) || !test(network, figures::put));
    return stopped[0] ? Optional.empty() : Optional.of(figures);
  }

  private boolean heldOut(
      TrainStep learner, AnomalyNetwork network, java.util.function.BiConsumer<String, Double> to) {
    if (images.heldOut().isEmpty()) {
      return true;
    }
    double sum = 0;
    int count = 0;
    try (Feed feed =
        services
            .images()
            .sequence(
                spec.dataset().root(),
                images.heldOut(),
                spec.dataset().feed(network.normalization(), spec.evaluate().batch(), false))) {
      while (true) {
        try (Batch batch = feed.next()) {
          if (batch == null) {
            break;
          }
          if (control.stopCause().isPresent()) {
            return false;
          }
          sum += learner.loss(batch) * batch.size();
          count += batch.size();
        }
      }
    }
    to.accept(History.HELD_OUT_LOSS, sum / count);
    return true;
  }

  private boolean test(AnomalyNetwork network, java.util.function.BiConsumer<String, Double> to) {
    if (images.test().isEmpty()) {
      return true;
    }
    ScoringOptions all = services.scoringOptions(spec);
    ScoringOptions figuresOnly =
        new ScoringOptions(
            all.protocol(), false, false, all.memoryLimit(), all.scratch(), all.threads());
    Consumer<Integer> quiet = done -> {};
    Optional<Scores> scores =
        scorer.score(
            network,
            readableTest(),
            metrics,
            figuresOnly,
            spec.evaluate().batch(),
            control::stopCause,
            mapped -> {},
            quiet);
    scores.ifPresent(s -> s.means().forEach(m -> to.accept(History.TEST + m.metric(), m.value())));
    return scores.isPresent();
  }

  /** The test images that can be read: looked for once. */
  private List<Image> readableTest() {
    if (readableTest == null) {
      readableTest = ReadableImages.of(services, spec.dataset(), images.test()).images();
    }
    return readableTest;
  }

  /** The column that decides, if the state is judged at all. */
  Optional<String> criterion() {
    return switch (spec.train().select()) {
      case LAST -> spec.train().earlyStopping() > 0 ? Optional.of(History.LOSS) : Optional.empty();
      case NORMAL_SPLIT -> Optional.of(History.HELD_OUT_LOSS);
      case TEST -> Optional.of(History.TEST + metrics.get(0).name());
    };
  }

  /** Takes a row into account. */
  void judge(Map<String, Double> row, TrainingState state) {
    Optional<String> column = criterion();
    if (column.isEmpty() || !row.containsKey(column.get())) {
      return;
    }
    double value = row.get(column.get());
    boolean better =
        !Double.isNaN(value)
            && (state.bestEpoch == 0
                || (spec.train().select() == Select.TEST
                    ? value > state.bestValue
                    : value < state.bestValue));
    if (better) {
      state.bestEpoch = state.epoch;
      state.bestValue = value;
      state.sinceBest = 0;
    } else {
      state.sinceBest++;
      int patience = spec.train().earlyStopping();
      state.ended = patience > 0 && state.sinceBest >= patience;
    }
  }

  /** How the state was chosen, for reports. */
  String selection(TrainingState state) {
    if (spec.train().select() != Select.LAST && state.bestEpoch == 0) {
      return "the last epoch, " + state.epoch + " (the figure to choose by was never defined)";
    }
    if (state.bestLost) {
      return "the last epoch, "
          + state.epoch
          + " (the checkpoint of the best, "
          + state.bestEpoch
          + ", was damaged)";
    }
    return switch (spec.train().select()) {
      case LAST -> "the last epoch, " + state.epoch;
      case NORMAL_SPLIT -> "the lowest loss on held-out normal images, epoch " + state.bestEpoch;
      case TEST ->
          "the best "
              + criterion().orElseThrow()
              + " (chosen by test images), epoch "
              + state.bestEpoch;
    };
  }
}
