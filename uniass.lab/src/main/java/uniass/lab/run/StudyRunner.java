/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Images;
import uniass.api.experiment.Experiments;
import uniass.api.inspection.Inspection;
import uniass.inference.model.Models;
import uniass.io.FolderLock;
import uniass.lab.Reproduction;
import uniass.lab.ReproductionRequest;
import uniass.lab.Studies;
import uniass.lab.StudyRequest;
import uniass.lab.StudyState;
import uniass.lab.StudyTable;
import uniass.lab.page.PageContents;
import uniass.lab.reproduce.Reproducer;
import uniass.lab.run.Freezer.Plan;
import uniass.lab.study.Planner;
import uniass.lab.study.StudyLibrary;
import uniass.lab.table.Results;
import uniass.lab.table.TableFiles;
import uniass.lab.trial.DataContent;
import uniass.lab.trial.Frost;
import uniass.lab.trial.FrozenStudy;
import uniass.lab.trial.Looks;
import uniass.lab.trial.PluginBytes;
import uniass.lab.trial.StudyFolder;
import uniass.lab.trial.TrialRun;

/** Publishes {@link Studies}; works without a framework, too. */
@Component(service = Studies.class)
public final class StudyRunner implements Studies {

  private static final String NO_FRAMEWORK = "development";

  private final Experiments experiments;
  private final Freezer freezer;
  private final TrialRun trials;
  private final PageContents page;
  private final Reproducer reproducer;
  private final Set<Course> courses = ConcurrentHashMap.newKeySet();

  /**
   * Runs studies with these.
   *
   * @param experiments trains and evaluates
   * @param models builds networks, finds plug-ins
   * @param checkpoints reads model files
   * @param images reads images
   * @param inspection opens models
   */
  @Activate
  public StudyRunner(
      @Reference Experiments experiments,
      @Reference Models models,
      @Reference Checkpoints checkpoints,
      @Reference Images images,
      @Reference Inspection inspection) {
    Optional<Bundle> own = Optional.ofNullable(FrameworkUtil.getBundle(StudyRunner.class));
    DataContent content = new DataContent(models.plugins());
    Frost frost =
        new Frost(
            models,
            content,
            new PluginBytes(models.plugins(), own.map(Bundle::getBundleContext)),
            own.map(bundle -> bundle.getVersion().toString()).orElse(NO_FRAMEWORK));
    this.experiments = experiments;
    this.freezer =
        new Freezer(
            experiments, models.library(), new Planner(models.library(), models.composer()), frost);
    Looks looks = new Looks(inspection, content);
    this.trials = new TrialRun(experiments, models, frost, looks);
    this.page = new PageContents(images, looks, frost);
    this.reproducer = new Reproducer(experiments, models, checkpoints, frost);
  }

  @Override
  public List<String> shipped() {
    return StudyLibrary.SHIPPED;
  }

  @Override
  public StudyState check(StudyRequest request) {
    return States.of(freezer.plan(request), Set.of());
  }

  @Override
  public List<String> missing(StudyRequest request) {
    Set<String> lines = new LinkedHashSet<>();
    freezer.plan(request).more().forEach(t -> lines.addAll(DataContent.missing(t.experiment())));
    return List.copyOf(lines);
  }

  @Override
  public Duration probe(StudyRequest request, Progress progress) {
    return new Probe(experiments).time(freezer.plan(request), progress);
  }

  @Override
  public StudyState freeze(StudyRequest request) {
    return States.of(freezer.freeze(request, Progress.NONE), Set.of());
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public StudyState run(StudyRequest request, Progress progress) {
    StudyFolder folder = freezer.plan(request).folder(); // whatever is wrong, no folder is made
    try (FolderLock lock = folder.lock()) {
      return running(freezer.freeze(request, progress), progress, Course::run);
    }
  }

  @Override
  public StudyState run(StudyRequest request, String trial, Progress progress) {
    return running(
        freezer.freeze(request.withResume(true), progress), progress, course -> course.run(trial));
  }

  private StudyState running(Plan plan, Progress progress, Function<Course, StudyState> work) {
    Course course = new Course(trials, plan, progress);
    courses.add(course);
    try {
      return work.apply(course);
    } finally {
      courses.remove(course);
    }
  }

  @Override
  public List<StudyState> running() {
    return courses.stream().map(Course::state).toList();
  }

  @Override
  public StudyState state(Path folder) {
    StudyFolder own = new StudyFolder(folder);
    FrozenStudy study =
        own.read()
            .orElseThrow(() -> new UniassException(folder + " holds no study (no study.json)"));
    return States.of(new Plan(own, study, List.of(), List.of()), Set.of());
  }

  @Override
  public StudyTable table(StudyRequest request) {
    Plan plan = freezer.plan(request.withResume(true));
    if (plan.study().trials().isEmpty()) {
      throw new UniassException(plan.folder().path() + " holds no study; run it first");
    }
    Results results = new Results(plan.folder(), plan.study());
    StudyTable table = TableFiles.write(plan.folder().path(), results);
    Map<String, Path> files = new LinkedHashMap<>(table.files());
    Path file = page.write(plan.folder(), results, table);
    files.put(file.getFileName().toString(), file);
    return new StudyTable(table.rows(), files, table.notes());
  }

  @Override
  public Reproduction reproduce(ReproductionRequest request, Progress progress) {
    return reproducer.reproduce(request, progress);
  }
}
