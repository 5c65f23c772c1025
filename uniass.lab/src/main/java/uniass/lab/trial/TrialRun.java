/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import ai.djl.Device;
import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.Experiments.EvaluationOptions;
import uniass.api.experiment.Experiments.EvaluationResult;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.experiment.RunStoppedException;
import uniass.api.network.NetworkCost;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.model.Models;
import uniass.io.FolderLock;
import uniass.io.events.EventFile;
import uniass.lab.trial.FrozenStudy.FrozenPlugin;
import uniass.lab.trial.FrozenStudy.FrozenTrial;

/** Runs trials: trains, evaluates, notes results. Whatever is killed goes on where it was. */
public final class TrialRun {

  private final Experiments experiments;
  private final Models models;
  private final Frost frost;
  private final Looks looks;

  /**
   * Runs trials with these.
   *
   * @param models opens what was trained
   * @param frost says whether something changed that must not
   * @param looks computes the maps to show
   */
  public TrialRun(Experiments experiments, Models models, Frost frost, Looks looks) {
    this.experiments = experiments;
    this.models = models;
    this.frost = frost;
    this.looks = looks;
  }

  /**
   * Runs a trial, unless it is done.
   *
   * @throws RunStoppedException if it was stopped; it goes on from its checkpoint
   * @throws UniassException if another process has it, or something changed that must not; a
   *     failure of the trial itself is noted in its folder first
   */
  public void run(StudyFolder folder, FrozenStudy study, FrozenTrial trial, Progress progress) {
    locked(
        folder,
        study,
        trial,
        progress,
        (spec, data) ->
            train(folder, study, trial, provenance(study, trial, spec, data), progress));
  }

  /**
   * Trains as far as a round of the study's rule needs, and measures, unless that is done.
   *
   * @throws RunStoppedException if it was stopped; it goes on from its checkpoint
   * @throws UniassException as {@link #run} does
   */
  public void measure(StudyFolder folder, FrozenStudy study, FrozenTrial trial, Progress progress) {
    Stops stops = new Stops(folder, study);
    Optional<Integer> round = stops.round(trial).filter(r -> !stops.measured(trial, r));
    if (round.isEmpty()) {
      return;
    }
    TrialFolder own = folder.trial(trial.name());
    int epochs = stops.epochs(trial, round.get());
    locked(
        folder,
        study,
        trial,
        progress,
        (spec, data) -> {
          TrainingOptions options = new TrainingOptions(own.path(), true, false);
          double loss = experiments.trainTo(spec, epochs, options, progress);
          if (!Double.isFinite(loss)) {
            throw new UniassException("its loss on held-out normal images is not finite");
          }
          own.measured(round.get(), new HeldOut(epochs, loss));
        });
  }

  /** What is done with a trial that nobody else has, and that is as it was frozen. */
  private interface Work {
    void on(ExperimentSpec spec, String data);
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void locked(
      StudyFolder folder, FrozenStudy study, FrozenTrial trial, Progress progress, Work work) {
    TrialFolder own = folder.trial(trial.name());
    try (FolderLock lock = folder.lock(trial.name())) {
      if (own.result().isPresent()) {
        return;
      }
      ExperimentSpec spec = frost.spec(trial);
      String data = frost.refuseChanges(folder, study, spec, progress);
      try {
        work.on(spec, data);
      } catch (RunStoppedException e) {
        throw e;
      } catch (UniassException | OutOfMemoryError e) {
        own.failed(cause(e));
        throw new UniassException("trial " + trial.name() + " failed: " + cause(e), e);
      }
    }
  }

  private static String cause(Throwable e) {
    return e instanceof OutOfMemoryError
        ? "out of memory (" + e.getMessage() + "); raise UNIASS_HEAP or lower the batch"
        : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void train(
      StudyFolder folder,
      FrozenStudy study,
      FrozenTrial trial,
      String provenance,
      Progress progress) {
    TrialFolder own = folder.trial(trial.name());
    ExperimentSpec spec = frost.spec(trial);
    Machine.forgetPeak();
    if (!Files.exists(own.model())) {
      experiments.train(
          spec, new TrainingOptions(own.path(), true, false).withProvenance(provenance), progress);
    }
    boolean baselines = !study.baselines().isEmpty() && trial.factors().isEmpty();
    EvaluationResult evaluation =
        experiments.evaluate(
            spec,
            new EvaluationOptions(
                own.model(), own.path(), false, false, baselines, Optional.empty()),
            progress);
    double milliseconds = looks.write(spec, own, progress);
    Map<String, Map<String, Double>> compared = new TreeMap<>(evaluation.baselines());
    compared.keySet().retainAll(study.baselines());
    TrialCost cost =
        new TrialCost(
            own.trainingSeconds(),
            milliseconds,
            Machine.peakMebibytes(),
            frost.device(spec),
            Machine.processor(),
            Machine.threads());
    board(folder, trial, evaluation.mean());
    own.done(
        new TrialResult(
            TrialResult.defined(evaluation.categories()),
            TrialResult.defined(compared),
            network(own.model()),
            spec.train().select().key()),
        cost);
  }

  /** Shows the trial in TensorBoard's HParams view. */
  private static void board(StudyFolder folder, FrozenTrial trial, Map<String, Double> metrics) {
    Map<String, String> settings = new TreeMap<>(trial.factors());
    settings.put("seed", Long.toString(trial.seed()));
    EventFile.in(folder.board().resolve(trial.name()))
        .write(trial.variant(), settings, new TreeMap<>(metrics));
  }

  /** What the model says about its origin; nothing in it depends on clock, host or path. */
  private String provenance(
      FrozenStudy study, FrozenTrial trial, ExperimentSpec spec, String data) {
    Map<String, FrozenPlugin> known = new TreeMap<>();
    study.plugins().forEach(p -> known.put(p.plugin(), p));
    List<FrozenPlugin> used = new ArrayList<>();
    frost.plugins(spec).forEach(p -> used.add(known.getOrDefault(p.plugin(), p)));
    return new Gson()
        .toJson(new Provenance(study.study(), trial.name(), study.version(), data, used));
  }

  private NetworkCost network(Path model) {
    try (LoadedModel loaded = models.open(model, Optional.empty(), Device.cpu())) {
      return loaded.network().cost();
    }
  }
}
