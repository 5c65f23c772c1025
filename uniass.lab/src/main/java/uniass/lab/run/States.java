/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uniass.lab.StudyState;
import uniass.lab.StudyState.Progress;
import uniass.lab.StudyState.Trial;
import uniass.lab.run.Freezer.Plan;
import uniass.lab.trial.FrozenStudy.FrozenTrial;
import uniass.lab.trial.Stops;
import uniass.lab.trial.TrialFolder;

/** Says how far a study is, from what is in its folder. */
final class States {

  private final Plan plan;
  private final Set<String> held;
  private final Stops stops;
  private final List<FrozenTrial> awaited;

  private States(Plan plan, Set<String> held) {
    this.plan = plan;
    this.held = held;
    this.stops = new Stops(plan.folder(), plan.study());
    this.awaited = stops.awaited();
  }

  /**
   * The state of a study.
   *
   * @param held names of the trials that other processes have
   */
  static StudyState of(Plan plan, Set<String> held) {
    States states = new States(plan, held);
    List<Trial> trials = new ArrayList<>();
    plan.study().trials().forEach(t -> trials.add(states.frozen(t)));
    plan.more()
        .forEach(
            t ->
                trials.add(
                    new Trial(t.name(), t.variant().label(), t.seed(), Progress.WAITING, "")));
    return new StudyState(plan.study().study(), plan.folder().path(), trials, plan.notes());
  }

  /** The same, with a trial that runs now. */
  static StudyState running(StudyState state, String name, String task) {
    List<Trial> trials =
        state.trials().stream()
            .map(
                t ->
                    t.name().equals(name) && t.progress() == Progress.WAITING
                        ? new Trial(t.name(), t.variant(), t.seed(), Progress.RUNNING, task)
                        : t)
            .toList();
    return new StudyState(state.name(), state.out(), trials, state.notes());
  }

  private Trial frozen(FrozenTrial trial) {
    TrialFolder own = plan.folder().trial(trial.name());
    Optional<String> failure = own.failure();
    if (own.result().isPresent()) {
      return trial(trial, Progress.DONE, "");
    }
    Optional<Stops.Place> stopped = stops.stopped(trial.variant());
    if (stopped.isPresent()) {
      return trial(trial, Progress.STOPPED, stopped.get().cause());
    }
    if (held.contains(trial.name())) {
      return trial(trial, Progress.HELD, "");
    }
    return failure.isPresent()
        ? trial(trial, Progress.FAILED, failure.get())
        : trial(trial, Progress.WAITING, waitsFor(trial));
  }

  private String waitsFor(FrozenTrial trial) {
    boolean measured = stops.round(trial).isPresent() && !awaited.contains(trial);
    return measured ? "is measured; waits for " + awaited.size() + " other trials" : "";
  }

  private static Trial trial(FrozenTrial trial, Progress progress, String cause) {
    return new Trial(trial.name(), trial.variant(), trial.seed(), progress, cause);
  }
}
