/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark.bridge;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.lab.Studies;
import uniass.lab.StudyRequest;
import uniass.lab.StudyState;
import uniass.lab.StudyState.Trial;

/**
 * Freezes studies, runs their trials, makes their tables. Takes {@code study}, {@code out}, {@code
 * set} (settings, one a line) and {@code do}: {@code freeze}, {@code table}, or a trial's name after
 * {@code trial:}; returns a line per trial (name, state and cause, apart by tabs) or per file.
 */
@Component(service = Function.class, property = "uniass.spark=sweep")
public final class SweepBridge implements Function<Map<String, String>, List<String>> {

  private static final String TRIAL = "trial:";

  private final Studies studies;

  /** Runs studies with this. */
  @Activate
  public SweepBridge(@Reference Studies studies) {
    this.studies = studies;
  }

  @Override
  public List<String> apply(Map<String, String> words) {
    StudyRequest request =
        new StudyRequest(
            words.get("study"),
            Optional.of(Path.of(words.get("out"))),
            words.get("set").lines().toList(),
            true);
    String work = words.get("do");
    if (work.equals("freeze")) {
      return lines(studies.freeze(request).trials());
    }
    if (work.equals("table")) {
      return studies.table(request).files().values().stream().map(Path::toString).toList();
    }
    String name = work.substring(TRIAL.length());
    try {
      StudyState state = studies.run(request, name, Progress.NONE);
      return lines(state.trials().stream().filter(t -> t.name().equals(name)).toList());
    } catch (UniassException e) {
      // its own failure, which another attempt would meet again: the others are to go on
      return List.of(line(name, StudyState.Progress.FAILED, e.getMessage()));
    }
  }

  private static List<String> lines(List<Trial> trials) {
    return trials.stream().map(t -> line(t.name(), t.progress(), t.cause())).toList();
  }

  private static String line(String name, StudyState.Progress progress, String cause) {
    return name
        + "\t"
        + progress.name().toLowerCase(java.util.Locale.ROOT)
        + "\t"
        + String.valueOf(cause).lines().findFirst().orElse("");
  }
}
