/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uniass.api.experiment.CommandLine;
import uniass.lab.StudyState;
import uniass.lab.StudyState.Progress;

@Command(
    name = "studies",
    description = {
      "Shows how far studies are: those that run in this shell, or those in the folders given,",
      "whoever runs them."
    },
    footer = {"", "Example: uniass studies runs/gates"})
final class StudiesVerb extends Verb {

  @Parameters(arity = "0..*", paramLabel = "DIR", description = "folders of studies")
  private List<Path> folders = new ArrayList<>();

  StudiesVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    List<StudyState> states =
        folders.isEmpty()
            ? tools.studies().running()
            : folders.stream().map(tools.studies()::state).toList();
    StringBuilder text = new StringBuilder();
    states.forEach(state -> text.append(text(state)));
    print(
        Map.of("studies", states.stream().map(StudiesVerb::row).toList()),
        states.isEmpty() ? "no study runs here" : text.toString());
    return CommandLine.DONE;
  }

  private static String text(StudyState state) {
    TextTable table = new TextTable();
    table.row(List.of("trial", "state", ""));
    state.trials().forEach(t -> table.row(List.of(t.name(), word(t.progress()), t.cause())));
    List<String> counts = new ArrayList<>();
    counts(state).forEach((word, count) -> counts.add(count + " " + word));
    return "%s in %s: %s%n%s"
        .formatted(state.name(), state.out(), String.join(", ", counts), table.text(true));
  }

  private static Map<String, Integer> counts(StudyState state) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Progress progress : Progress.values()) {
      int count = state.trials(progress).size();
      if (count > 0) {
        counts.put(word(progress), count);
      }
    }
    return counts;
  }

  private static Map<String, Object> row(StudyState state) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("study", state.name());
    row.put("out", state.out());
    row.put("counts", counts(state));
    row.put("trials", state.trials().stream().map(SweepVerb::trial).toList());
    return row;
  }

  private static String word(Progress progress) {
    return progress.name().toLowerCase(Locale.ROOT);
  }
}
