/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uniass.api.network.NetworkCost;
import uniass.lab.StudyTable.Row;
import uniass.lab.statistics.Verdict;
import uniass.lab.trial.Stops;

/** A study's tables for people: Markdown and LaTeX. */
final class TextTables {

  private static final int PLACES = 3;

  private final Results results;
  private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>(); // variant, metric

  TextTables(Results results, List<Row> rows) {
    this.results = results;
    for (Row row : rows) {
      this.rows.computeIfAbsent(row.variant(), v -> new LinkedHashMap<>()).put(row.metric(), row);
    }
  }

  private Set<String> metrics() {
    Set<String> metrics = new LinkedHashSet<>();
    rows.values().forEach(row -> metrics.addAll(row.keySet()));
    return metrics;
  }

  String markdown(List<String> notes) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + results.study().study());
    lines.add("");
    lines.add("Mean ± standard deviation over the seeds; + better and - worse than the base.");
    lines.add("");
    Set<String> metrics = metrics();
    line(lines, cells("variant", metrics), "seeds");
    lines.add("|---|" + "---|".repeat(metrics.size() + 1));
    rows.forEach(
        (variant, row) ->
            line(
                lines,
                cells(variant, metrics.stream().map(m -> value(row.get(m))).toList()),
                String.valueOf(row.values().iterator().next().n())));
    lines.add("");
    lines.add("| variant | metric | difference | 95 % interval | p | verdict |");
    lines.add("|---|---|---|---|---|---|");
    for (Stops.Place stopped : results.stops().stopped()) {
      lines.add("| %s | | | | | %s |".formatted(escaped(stopped.variant()), stopped.cause()));
    }
    for (Map<String, Row> row : rows.values()) {
      for (Row r : row.values()) {
        if (!Double.isNaN(r.difference())) {
          lines.add(
              "| %s | %s | %s | %s to %s | %s | %s |"
                  .formatted(
                      escaped(r.variant()),
                      r.metric(),
                      signed(r.difference()),
                      signed(r.low()),
                      signed(r.high()),
                      number(r.p()),
                      r.verdict()));
        }
      }
    }
    lines.add("");
    lines.add(
        "| variant | parameters | GMAC | training, minutes | ms per image | peak memory, MiB |");
    lines.add("|---|---|---|---|---|---|");
    for (String variant : results.variants()) {
      Costs costs = Costs.of(results, variant);
      lines.add(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  escaped(variant),
                  costs.network().map(TextTables::parameters).orElse(""),
                  costs.network().map(NetworkCost::gmac).orElse(""),
                  rounded(costs.trainingMinutes(), 2),
                  rounded(costs.millisecondsPerImage(), 1),
                  rounded(costs.peakMebibytes(), 0)));
    }
    lines.add("");
    results.variants().stream()
        .map(v -> Costs.of(results, v).machine())
        .filter(m -> !m.isEmpty())
        .distinct()
        .forEach(m -> lines.add("Measured on: " + m + ". "));
    notes.forEach(note -> lines.add("- " + note));
    return String.join("\n", lines) + "\n";
  }

  private static void line(List<String> lines, List<String> cells, String last) {
    lines.add("| " + String.join(" | ", cells) + " | " + last + " |");
  }

  private static List<String> cells(String first, Iterable<String> rest) {
    List<String> cells = new ArrayList<>(List.of(escaped(first)));
    rest.forEach(cells::add);
    return cells;
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }

  String latex() {
    Set<String> metrics = metrics();
    List<String> lines = new ArrayList<>();
    lines.add("% Needs \\usepackage{booktabs}. Bold: better than the base; underlined: worse.");
    lines.add("\\begin{tabular}{l" + "r".repeat(metrics.size()) + "}");
    lines.add("\\toprule");
    lines.add(
        "Variant & "
            + metrics.stream().map(TextTables::latex).collect(Collectors.joining(" & "))
            + " \\\\");
    lines.add("\\midrule");
    rows.forEach(
        (variant, row) ->
            lines.add(
                latex(variant)
                    + " & "
                    + metrics.stream()
                        .map(m -> latex(row.get(m)))
                        .collect(Collectors.joining(" & "))
                    + " \\\\"));
    lines.add("\\bottomrule");
    lines.add("\\end{tabular}");
    return String.join("\n", lines) + "\n";
  }

  private String latex(Row row) {
    if (row == null || Double.isNaN(row.mean())) {
      return row != null && results.stops().stopped(row.variant()).isPresent() ? "stopped" : "--";
    }
    String mean = number(row.mean());
    String shown =
        switch (row.verdict()) {
          case Verdict.BETTER -> "\\textbf{" + mean + "}";
          case Verdict.WORSE -> "\\underline{" + mean + "}";
          default -> mean;
        };
    return Double.isNaN(row.spread()) ? shown : shown + " $\\pm$ " + number(row.spread());
  }

  private static String latex(String text) {
    return text.replaceAll("([_%&#{}$])", "\\\\$1");
  }

  private String value(Row row) {
    if (row == null || Double.isNaN(row.mean())) {
      return row != null && results.stops().stopped(row.variant()).isPresent() ? "stopped" : "";
    }
    String mark =
        switch (row.verdict()) {
          case Verdict.BETTER -> " +";
          case Verdict.WORSE -> " -";
          default -> "";
        };
    return number(row.mean())
        + (Double.isNaN(row.spread()) ? "" : " ± " + number(row.spread()))
        + mark;
  }

  private static String parameters(NetworkCost network) {
    return String.format(Locale.ROOT, "%,d", network.parameters());
  }

  private static String number(double value) {
    return rounded(value, PLACES);
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%+.3f", value);
  }

  private static String rounded(double value, int places) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + places + "f", value);
  }
}
