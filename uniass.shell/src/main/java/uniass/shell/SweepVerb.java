/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uniass.api.UniassException;
import uniass.api.experiment.CommandLine;
import uniass.lab.StudyRequest;
import uniass.lab.StudyState;
import uniass.lab.StudyState.Trial;
import uniass.lab.StudyTable;
import uniass.lab.StudyTable.Row;

@Command(
    name = "sweep",
    description = {
      "Runs a study: trains and evaluates an experiment with other settings and seeds, and compares.",
      "Writes trials.csv, table.csv, table.md, table.tex, study.html and each trial's model."
    },
    footer = {
      "",
      "A study that was stopped or killed goes on with --resume; what is done stays.",
      "Example: uniass sweep gates.yaml --out studies/gates"
    })
final class SweepVerb extends Verb {

  @Parameters(paramLabel = "STUDY", description = "a YAML file, or the name of a shipped study")
  private String study;

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/NAME")
  private Path out;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "replaces a setting of the base")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--resume", description = "go on with the study in DIR; run failed trials again")
  private boolean resume;

  @ArgGroup private Mode mode = new Mode();

  /** What to do, other than to run all trials. */
  private static final class Mode {

    @Option(
        names = "--dry-run",
        description = "check and list the trials; say how long they will take, from a short probe")
    private boolean dryRun;

    @Option(
        names = "--list",
        description = "print one command per trial, for a scheduler on a shared folder")
    private boolean list;

    @Option(names = "--trial", paramLabel = "NAME", description = "run this trial only")
    private String trial;

    @Option(names = "--table", description = "put together the tables of what is done")
    private boolean table;
  }

  SweepVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    StudyRequest request = new StudyRequest(study, Optional.ofNullable(out), overrides, resume);
    if (mode.dryRun) {
      return dryRun(request);
    }
    if (mode.list) {
      return list(request.withResume(true));
    }
    if (mode.trial != null) {
      return trial(request);
    }
    if (mode.table) {
      show(tools.studies().check(request.withResume(true)), tools.studies().table(request));
      return CommandLine.DONE;
    }
    StudyState state = tools.studies().run(request, progress());
    tell(state.notes());
    show(state, tools.studies().table(request));
    return end(state);
  }

  private Integer dryRun(StudyRequest request) {
    StudyState state = tools.studies().check(request.withResume(true));
    tell(state.notes());
    int open = (int) state.trials().stream().filter(SweepVerb::open).count();
    List<String> missing = tools.studies().missing(request.withResume(true));
    if (!missing.isEmpty()) {
      Map<String, Object> result = result(state);
      result.put("missing", missing);
      print(
          result,
          trials(state)
              + "%d of %d trials to run; it cannot run yet, because it needs%n"
                  .formatted(open, state.trials().size())
              + missing.stream().map("- %s%n"::formatted).collect(Collectors.joining()));
      return CommandLine.DONE;
    }
    Duration each =
        open == 0 ? Duration.ZERO : tools.studies().probe(request.withResume(true), progress());
    Map<String, Object> result = result(state);
    result.put("seconds-per-training", each.toSeconds());
    result.put("seconds", each.multipliedBy(open).toSeconds());
    print(
        result,
        trials(state)
            + "%d of %d trials to run, about %s each: %s, evaluations not counted%n"
                .formatted(
                    open, state.trials().size(), words(each), words(each.multipliedBy(open))));
    return CommandLine.DONE;
  }

  private Integer list(StudyRequest request) {
    StudyState state = tools.studies().freeze(request);
    tell(state.notes());
    List<String> commands =
        state.trials().stream()
            .filter(SweepVerb::open)
            .map(
                t ->
                    "uniass sweep %s --out %s --trial %s"
                        .formatted(quoted(study), quoted(state.out().toString()), t.name()))
            .toList();
    Map<String, Object> result = result(state);
    result.put("commands", commands);
    print(result, String.join(System.lineSeparator(), commands));
    return CommandLine.DONE;
  }

  private static boolean open(Trial trial) {
    return trial.progress() != StudyState.Progress.DONE
        && trial.progress() != StudyState.Progress.STOPPED;
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9._/+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private Integer trial(StudyRequest request) {
    StudyState state = tools.studies().run(request, mode.trial, progress());
    tell(state.notes());
    Trial trial =
        state.trials().stream().filter(t -> t.name().equals(mode.trial)).findFirst().orElseThrow();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("study", state.name());
    result.put("trial", mode.trial);
    result.put("out", state.out().resolve("trials").resolve(mode.trial));
    result.put("state", word(trial));
    result.put("cause", trial.cause());
    print(
        result,
        result.get("out") + (trial.cause().isEmpty() ? " is " + word(trial) : " " + trial.cause()));
    return CommandLine.DONE;
  }

  private void show(StudyState state, StudyTable table) {
    tell(table.notes());
    Map<String, Object> result = result(state);
    result.put("table", table.rows());
    result.put("files", table.files());
    TextTable text = new TextTable();
    text.row(List.of("variant", "metric", "mean", "spread", "n", "difference", "p", "verdict"));
    for (Row row : table.rows()) {
      text.row(
          List.of(
              row.variant(),
              row.metric(),
              number("%.4f", row.mean()),
              number("%.4f", row.spread()),
              Integer.toString(row.n()),
              number("%+.4f", row.difference()),
              number("%.3f", row.p()),
              row.verdict()));
    }
    print(result, text.text(true) + files(table));
  }

  private static String files(StudyTable table) {
    StringBuilder text = new StringBuilder();
    table.files().values().forEach(file -> text.append(file).append(System.lineSeparator()));
    return text.toString();
  }

  private Integer end(StudyState state) {
    List<Trial> failed = state.trials(StudyState.Progress.FAILED);
    List<Trial> held = state.trials(StudyState.Progress.HELD);
    held.forEach(t -> tell(t.name() + ": another process runs it"));
    failed.forEach(t -> tell(t.name() + ": " + t.cause()));
    if (failed.isEmpty() && held.isEmpty()) {
      return CommandLine.DONE;
    }
    throw new UniassException(
        "%d of %d trials failed, %d are run by other processes; --resume runs what is missing"
            .formatted(failed.size(), state.trials().size(), held.size()));
  }

  private static Map<String, Object> result(StudyState state) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("study", state.name());
    result.put("out", state.out());
    result.put("trials", state.trials().stream().map(SweepVerb::trial).toList());
    return result;
  }

  static Map<String, Object> trial(Trial trial) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", trial.name());
    row.put("variant", trial.variant());
    row.put("seed", trial.seed());
    row.put("state", word(trial));
    row.put("cause", trial.cause());
    return row;
  }

  private static String word(Trial trial) {
    return trial.progress().name().toLowerCase(Locale.ROOT);
  }

  private static String trials(StudyState state) {
    TextTable text = new TextTable();
    text.row(List.of("trial", "variant", "seed", "state"));
    state
        .trials()
        .forEach(t -> text.row(List.of(t.name(), t.variant(), Long.toString(t.seed()), word(t))));
    return text.text(true);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  private static String words(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200
            ? seconds / 60 + " minutes"
            : String.format(Locale.ROOT, "%.1f hours", seconds / 3600.0);
  }
}
