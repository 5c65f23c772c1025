/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import uniass.api.network.NetworkCost;
import uniass.lab.StudyTable.Row;
import uniass.lab.table.Results.Done;
import uniass.lab.trial.FrozenStudy.FrozenTrial;

/** CSV files of a study, in full precision. */
final class CsvTables {

  private static final double GIGA = 1e9;

  private CsvTables() {}

  /** One row per trial and category; the baselines' rows have the mean over the categories. */
  static String trials(Results results) {
    List<String> metrics = results.metrics();
    Set<String> factors = new LinkedHashSet<>();
    results.study().trials().forEach(t -> factors.addAll(t.factors().keySet()));
    List<String> header = new ArrayList<>(List.of("trial", "variant"));
    header.addAll(factors);
    header.addAll(List.of("seed", "category"));
    header.addAll(metrics);
    header.addAll(List.of("parameters", "gmac", "not-counted", "chosen-on-test"));
    List<List<String>> rows = new ArrayList<>();
    for (Done done : results.done()) {
      done.result()
          .categories()
          .forEach(
              (category, values) ->
                  rows.add(
                      row(
                          done,
                          done.trial().variant(),
                          factors,
                          category,
                          values(metrics, values))));
      done.result()
          .baselines()
          .forEach(
              (name, values) ->
                  rows.add(row(done, name, factors, Results.MEAN, values(metrics, values))));
    }
    if (results.study().rule().isPresent()) {
      header.add("stopped-after");
      rows.forEach(row -> row.add(""));
      stopped(results, factors, rows);
    }
    return csv(header, rows);
  }

  /** Rows without metric values, of the trials that were stopped. */
  private static void stopped(Results results, Set<String> factors, List<List<String>> rows) {
    for (FrozenTrial trial : results.study().trials()) {
      results
          .stops()
          .stopped(trial.variant())
          .ifPresent(
              stop -> {
                List<String> row = begin(trial, trial.variant(), factors, "");
                results.metrics().forEach(metric -> row.add(""));
                row.addAll(List.of("", "", "", "no", Integer.toString(stop.epochs())));
                rows.add(row);
              });
    }
  }

  private static List<String> begin(
      FrozenTrial trial, String variant, Set<String> factors, String category) {
    List<String> row = new ArrayList<>(List.of(trial.name(), variant));
    factors.forEach(key -> row.add(trial.factors().getOrDefault(key, "")));
    row.add(Long.toString(trial.seed()));
    row.add(category);
    return row;
  }

  private static List<String> row(
      Done done, String variant, Set<String> factors, String category, List<String> values) {
    List<String> row = begin(done.trial(), variant, factors, category);
    row.addAll(values);
    boolean trained = variant.equals(done.trial().variant());
    row.addAll(trained ? network(done.result().network()) : List.of("", "", ""));
    row.add(trained ? done.result().selected().equals("test") ? "yes" : "no" : "no");
    return row;
  }

  private static List<String> network(NetworkCost cost) {
    return List.of(
        Long.toString(cost.parameters()),
        Double.toString(cost.multiplications() / GIGA),
        String.join("; ", cost.uncounted()));
  }

  private static List<String> values(List<String> metrics, Map<String, Double> values) {
    return metrics.stream().map(m -> text(values.getOrDefault(m, Double.NaN))).toList();
  }

  /** What trials cost: apart from the results, because it depends on the clock and the machine. */
  static String costs(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (Done done : results.done()) {
      done.cost()
          .ifPresent(
              cost ->
                  rows.add(
                      List.of(
                          done.trial().name(),
                          done.trial().variant(),
                          Long.toString(done.trial().seed()),
                          text(cost.trainingSeconds()),
                          text(cost.millisecondsPerImage()),
                          text(cost.peakMebibytes()),
                          cost.device(),
                          cost.processor(),
                          Integer.toString(cost.threads()))));
    }
    return csv(
        List.of(
            "trial",
            "variant",
            "seed",
            "training-seconds",
            "milliseconds-per-image",
            "peak-mebibytes",
            "device",
            "processor",
            "threads"),
        rows);
  }

  /** The comparison. */
  static String table(List<Row> rows) {
    return csv(
        List.of("variant", "metric", "mean", "spread", "n", "difference", "low", "high", "p"),
        rows.stream()
            .map(
                r ->
                    List.of(
                        r.variant(),
                        r.metric(),
                        text(r.mean()),
                        text(r.spread()),
                        Integer.toString(r.n()),
                        text(r.difference()),
                        text(r.low()),
                        text(r.high()),
                        text(r.p())))
            .toList());
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String csv(List<String> header, List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator("\n")
            .setHeader(header.toArray(String[]::new))
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecords(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
