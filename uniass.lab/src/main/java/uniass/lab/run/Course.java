/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.RunStoppedException;
import uniass.io.InUseException;
import uniass.lab.StudyState;
import uniass.lab.run.Freezer.Plan;
import uniass.lab.table.Results;
import uniass.lab.table.TableFiles;
import uniass.lab.trial.FrozenStudy;
import uniass.lab.trial.FrozenStudy.FrozenTrial;
import uniass.lab.trial.Stops;
import uniass.lab.trial.StudyFolder;
import uniass.lab.trial.TrialFolder;
import uniass.lab.trial.TrialRun;

/**
 * The way of a frozen study through its trials. If it has a rule that stops variants, all trials
 * first train to where the rule compares them; those that go on are then trained to their end.
 */
final class Course {

  private final TrialRun trials;
  private final Plan plan;
  private final Progress progress;
  private final Set<String> held = new ConcurrentSkipListSet<>(); // another thread may look
  private volatile TrialProgress now;

  Course(TrialRun trials, Plan plan, Progress progress) {
    this.trials = trials;
    this.plan = plan;
    this.progress = progress;
  }

  /** What is done with a trial. */
  private interface Work {
    void on(StudyFolder folder, FrozenStudy study, FrozenTrial trial, Progress progress);
  }

  /** Runs all trials that are not done. */
  StudyState run() {
    Stops stops = new Stops(plan.folder(), plan.study());
    boolean decided = true;
    while (decided && stops.open()) {
      Stops now = stops;
      each(trial -> now.round(trial).isPresent(), trials::measure);
      stops = now.decide();
      decided = stops.rounds() > now.rounds();
    }
    if (decided) {
      Stops end = stops;
      each(trial -> end.stopped(trial.variant()).isEmpty(), this::finish);
    }
    write();
    return States.of(plan, held);
  }

  /** Runs one trial as far as it can go without the others. */
  StudyState run(String name) {
    FrozenTrial trial = plan.study().trial(name);
    Stops stops = new Stops(plan.folder(), plan.study());
    Optional<Integer> round = stops.round(trial);
    boolean decided = true;
    while (round.isPresent() && decided) {
      trials.measure(plan.folder(), plan.study(), trial, watch(name, ""));
      stops = stops.decide();
      decided = !stops.round(trial).equals(round);
      round = stops.round(trial);
    }
    if (decided && stops.stopped(trial.variant()).isEmpty()) {
      trials.run(plan.folder(), plan.study(), trial, watch(name, ""));
    }
    return States.of(plan, held);
  }

  /** How far it is, with what it does now. */
  StudyState state() {
    StudyState state = States.of(plan, held);
    TrialProgress current = now;
    return current == null ? state : States.running(state, current.trial(), current.task());
  }

  private TrialProgress watch(String trial, String prefix) {
    now = new TrialProgress(progress, trial, prefix);
    return now;
  }

  private void finish(StudyFolder folder, FrozenStudy study, FrozenTrial trial, Progress watched) {
    trials.run(folder, study, trial, watched);
    write();
  }

  private void write() {
    TableFiles.write(plan.folder().path(), new Results(plan.folder(), plan.study()));
  }

  private void each(Predicate<FrozenTrial> wanted, Work work) {
    List<FrozenTrial> all = plan.study().trials();
    for (int i = 0; i < all.size(); i++) {
      FrozenTrial trial = all.get(i);
      TrialFolder own = plan.folder().trial(trial.name());
      if (own.result().isPresent() || !wanted.test(trial)) {
        continue;
      }
      String prefix = "%d/%d %s: ".formatted(i + 1, all.size(), trial.name());
      try {
        work.on(plan.folder(), plan.study(), trial, watch(trial.name(), prefix));
      } catch (RunStoppedException e) {
        throw new RunStoppedException(
            e.getMessage() + "; 'uniass sweep' goes on from here with --resume");
      } catch (InUseException e) {
        held.add(trial.name());
      } catch (UniassException e) {
        if (own.failure().isEmpty()) {
          throw e; // not the trial's own failure: the others would meet it too
        }
        progress.step(e.getMessage(), 0, 0);
      }
    }
  }
}
