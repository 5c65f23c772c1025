/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uniass.api.Problem;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.Experiment;
import uniass.api.experiment.Experiments.DatasetCheck;
import uniass.api.experiment.Experiments.FoundDefects;
import uniass.api.network.NetworkCost;

@Command(
    name = "check",
    description = "Checks an experiment and its data set; trains nothing.",
    footer = {
      "",
      "Exit code 1 on any error, 0 on warnings.",
      "Example: uniass check bottles.yaml --set dataset.root=/data/bottles",
      "Example: uniass check bottles.yaml --synthetic runs/bottles/model.safetensors"
    })
final class CheckVerb extends Verb {

  @Mixin private ExperimentSource source;

  @Option(
      names = "--synthetic",
      paramLabel = "MODEL",
      description = "also paint defects on normal images: which sizes does this model find?")
  private Path synthetic;

  CheckVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    Experiment read = source.read(tools);
    DatasetCheck check = tools.experiments().check(read, progress());
    long errors = count(check, Problem.Severity.ERROR);
    long warnings = count(check, Problem.Severity.WARNING);
    String verdict =
        errors == 0 && warnings == 0
            ? "all is well"
            : count(errors, "error") + ", " + count(warnings, "warning");
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("experiment", read.name());
    result.put("counts", check.counts());
    result.put("problems", check.problems());
    check.network().ifPresent(cost -> result.put("network", cost));
    result.put("verdict", verdict);
    List<FoundDefects> found =
        synthetic == null || errors > 0
            ? List.of()
            : tools.experiments().findSynthetic(read, synthetic, progress());
    if (!found.isEmpty()) {
      result.put("synthetic", found);
    }
    print(result, text(check) + text(found) + verdict);
    return errors == 0 ? CommandLine.DONE : CommandLine.FAILED;
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static long count(DatasetCheck check, Problem.Severity severity) {
    return check.problems().stream().filter(p -> p.severity() == severity).count();
  }

  private static String text(List<FoundDefects> found) {
    if (found.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable();
    table.row(List.of("painted defects", "number", "found", "share"));
    for (FoundDefects row : found) {
      String size =
          row.to() == Integer.MAX_VALUE
              ? row.from() + " px and larger"
              : row.from() + " to " + row.to() + " px";
      String share = Math.round(100.0 * row.found() / row.painted()) + " %";
      table.row(List.of(size, "" + row.painted(), "" + row.found(), share));
    }
    return table.text(false);
  }

  private static String text(NetworkCost cost) {
    String missing =
        cost.uncounted().isEmpty() ? "" : "; not counted: " + String.join(", ", cost.uncounted());
    return String.format(
        Locale.ROOT,
        "network: %,d parameters, %s GMAC per image%s",
        cost.parameters(),
        cost.gmac(),
        missing);
  }

  private static String text(DatasetCheck check) {
    List<String> kinds =
        check.counts().values().stream()
            .flatMap(m -> m.keySet().stream())
            .distinct()
            .sorted(java.util.Comparator.reverseOrder())
            .toList();
    TextTable table = new TextTable();
    List<String> header = new ArrayList<>(List.of("category"));
    header.addAll(kinds);
    table.row(header);
    check
        .counts()
        .forEach(
            (category, counts) -> {
              List<String> row = new ArrayList<>(List.of(category));
              kinds.forEach(k -> row.add(String.valueOf(counts.getOrDefault(k, 0))));
              table.row(row);
            });
    StringBuilder text = new StringBuilder(table.text(false));
    check.network().ifPresent(cost -> text.append(text(cost)).append(System.lineSeparator()));
    for (Problem problem : check.problems()) {
      text.append(problem.severity() == Problem.Severity.ERROR ? "error    " : "warning  ")
          .append(problem)
          .append(System.lineSeparator());
    }
    return text.toString();
  }
}
