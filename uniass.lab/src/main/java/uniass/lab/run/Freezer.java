/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.Experiments;
import uniass.inference.experiment.Differences;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.io.FolderLock;
import uniass.lab.StudyRequest;
import uniass.lab.study.Planner;
import uniass.lab.study.Planner.PlannedTrial;
import uniass.lab.study.Study;
import uniass.lab.study.StudyLibrary;
import uniass.lab.trial.Frost;
import uniass.lab.trial.FrozenStudy;
import uniass.lab.trial.FrozenStudy.FrozenPlugin;
import uniass.lab.trial.FrozenStudy.FrozenTrial;
import uniass.lab.trial.StudyFolder;

/**
 * Freezes studies. What a study froze stays; what its file has more, values and seeds, is added;
 * other edits do not count, and that is said.
 */
final class Freezer {

  private static final Set<String> SECTIONS =
      Set.of("dataset", "model", "train", "evaluate", "calibrate");

  private final Experiments experiments;
  private final ExperimentLibrary library;
  private final Planner planner;
  private final Frost frost;

  Freezer(Experiments experiments, ExperimentLibrary library, Planner planner, Frost frost) {
    this.experiments = experiments;
    this.library = library;
    this.planner = planner;
    this.frost = frost;
  }

  /**
   * A study as it will go on.
   *
   * @param more trials that are not frozen yet
   * @param notes what does not count
   */
  record Plan(StudyFolder folder, FrozenStudy study, List<PlannedTrial> more, List<String> notes) {}

  /** Reads and checks a study, and what is frozen of it. */
  Plan plan(StudyRequest request) {
    Study study = StudyLibrary.read(request.study());
    StudyFolder folder =
        new StudyFolder(request.out().orElseGet(() -> Path.of("runs", study.name())));
    Optional<FrozenStudy> frozen = folder.read();
    if (frozen.isEmpty()) {
      ExperimentSpec base = planner.base(study, request.overrides());
      FrozenStudy empty =
          new FrozenStudy(
              FrozenStudy.FORMAT,
              study.name(),
              frost.version(),
              base.yaml(),
              request.overrides(),
              study.baselines(),
              List.of(),
              List.of(),
              study.stop().orElse(null));
      return new Plan(folder, empty, planner.trials(study, base.yaml()), List.of());
    }
    if (!request.resume()) {
      throw new UniassException(
          folder.path() + " holds a study; go on with --resume, or choose another --out");
    }
    refuseOther(study, folder, frozen.get());
    return added(request, study, folder, frozen.get());
  }

  private void refuseOther(Study study, StudyFolder folder, FrozenStudy frozen) {
    if (!study.name().equals(frozen.study())) {
      throw new UniassException(
          "%s holds the study '%s', not '%s'; choose another --out"
              .formatted(folder.path(), frozen.study(), study.name()));
    }
    frost.refuseOtherVersion(frozen);
  }

  /** What a file has more than its frozen study. */
  private Plan added(StudyRequest request, Study study, StudyFolder folder, FrozenStudy frozen) {
    List<String> notes = new ArrayList<>();
    changedBase(request, study, frozen).ifPresent(notes::add);
    if (!study.baselines().equals(frozen.baselines())) {
      notes.add(note(study, "its baselines"));
    }
    if (!study.stop().equals(frozen.rule())) {
      notes.add(note(study, "its rule 'stop'"));
    }
    List<PlannedTrial> more = new ArrayList<>();
    List<PlannedTrial> planned = planner.trials(study, frozen.base());
    for (PlannedTrial trial : planned) {
      Optional<FrozenTrial> known = frozen.find(trial.name());
      if (known.isEmpty()) {
        more.add(trial);
      } else if (!known.get().experiment().equals(trial.experiment().yaml())) {
        notes.add(note(study, "trial " + trial.name()));
      }
    }
    long gone =
        frozen.trials().stream()
            .filter(t -> planned.stream().noneMatch(p -> p.name().equals(t.name())))
            .count();
    if (gone > 0) {
      notes.add(note(study, "the removal of " + gone + (gone == 1 ? " trial" : " trials")));
    }
    if (frozen.rule().isPresent() && !more.isEmpty()) {
      // a round that is decided does not take more: who goes on would depend on when they came
      notes.add(note(study, more.size() + " more trials, because the study has a rule 'stop',"));
      more.clear();
    }
    return new Plan(folder, frozen, more, notes);
  }

  private Optional<String> changedBase(StudyRequest request, Study study, FrozenStudy frozen) {
    if (!request.overrides().isEmpty() && !request.overrides().equals(frozen.overrides())) {
      return Optional.of("--set does not count: the study is frozen; a new --out would take it");
    }
    try {
      ExperimentSpec now = planner.base(study, frozen.overrides());
      return now.yaml().equals(frozen.base())
          ? Optional.empty()
          : Optional.of(note(study, "its base" + difference(study, frozen, now)));
    } catch (UniassException e) {
      return Optional.of(note(study, "its base (" + e.getMessage() + ")"));
    }
  }

  private String difference(Study study, FrozenStudy frozen, ExperimentSpec now) {
    ExperimentSpec then = library.parse(study.source(), frozen.base(), study.folder(), List.of());
    return Differences.between(then, now, SECTIONS).stream()
        .findFirst()
        .map(d -> " (" + d + ")")
        .orElse("");
  }

  private static String note(Study study, String what) {
    return study.source()
        + " was edited since the study was frozen: "
        + what
        + " does not count; a new --out would take it";
  }

  private void refuseUnmeasurable(Plan plan) {
    try {
      experiments.heldOut(plan.more().get(0).experiment());
    } catch (UniassException e) {
      throw new UniassException(plan.study().study() + ", stop: " + e.getMessage(), e);
    }
  }

  /** Freezes what is not frozen yet. */
  @SuppressWarnings("try") // the lock is held, not used
  Plan freeze(StudyRequest request, Progress progress) {
    StudyFolder folder = plan(request).folder(); // whatever is wrong, no folder is made
    try (FolderLock lock = folder.awaitFreezing()) {
      Plan plan = plan(request.withResume(true)); // another process may have been faster
      if (plan.more().isEmpty()) {
        return plan;
      }
      if (plan.study().rule().isPresent()) {
        refuseUnmeasurable(plan);
      }
      List<ExperimentSpec> specs = plan.more().stream().map(PlannedTrial::experiment).toList();
      List<FrozenPlugin> plugins = frost.freeze(folder, specs, progress);
      FrozenStudy study =
          plan.study()
              .with(
                  plan.more().stream()
                      .map(
                          t ->
                              new FrozenTrial(
                                  t.name(),
                                  t.variant().label(),
                                  t.variant().levels(),
                                  t.seed(),
                                  t.experiment().train().epochs(),
                                  t.experiment().yaml()))
                      .toList(),
                  plugins);
      folder.write(study);
      return new Plan(folder, study, List.of(), plan.notes());
    }
  }
}
