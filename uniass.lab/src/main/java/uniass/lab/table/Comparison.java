/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.lab.StudyTable.Row;
import uniass.lab.statistics.Differences;
import uniass.lab.statistics.Verdict;
import uniass.lab.study.Study;
import uniass.lab.trial.Stops;

/** Compares variants and baselines with the base. */
public final class Comparison {

  private final Results results;

  /** Compares results. */
  public Comparison(Results results) {
    this.results = results;
  }

  /** One row per metric and variant, corrected for the number of variants. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String metric : results.metrics()) {
      rows.addAll(rows(metric));
    }
    return rows;
  }

  private List<Row> rows(String metric) {
    Map<Long, double[]> base = results.values(Study.BASE, metric);
    Map<String, Map<Long, double[]>> values = new LinkedHashMap<>();
    Map<String, Differences> differences = new LinkedHashMap<>();
    for (String variant : results.variants()) {
      values.put(variant, results.values(variant, metric));
      if (!variant.equals(Study.BASE)) {
        differences.put(variant, differences(values.get(variant), base));
      }
    }
    for (String name : results.baselines()) {
      values.put(name, results.baseline(name, metric));
      differences.put(name, differences(values.get(name), means(base)));
    }
    List<String> compared = List.copyOf(differences.keySet());
    double[] p =
        Differences.holm(compared.stream().mapToDouble(v -> differences.get(v).p()).toArray());
    List<Row> rows = new ArrayList<>();
    values.forEach(
        (variant, own) -> {
          int at = compared.indexOf(variant);
          rows.add(
              row(
                  variant,
                  metric,
                  own,
                  at < 0
                      ? Judgment.REFERENCE
                      : Judgment.of(differences.get(variant), p[at], compared.size())));
        });
    for (Stops.Place stopped : results.stops().stopped()) {
      rows.add(stopped(stopped, metric));
    }
    return rows;
  }

  /** The row of a variant that has no result, because it was stopped. */
  private static Row stopped(Stops.Place stopped, String metric) {
    double none = Double.NaN;
    return new Row(
        stopped.variant(),
        metric,
        none,
        none,
        stopped.seeds(),
        none,
        none,
        none,
        none,
        stopped.cause());
  }

  private static Differences differences(Map<Long, double[]> of, Map<Long, double[]> base) {
    return new Differences(
        of.entrySet().stream()
            .filter(e -> base.containsKey(e.getKey()))
            .map(
                e -> {
                  double[] own = e.getValue().clone();
                  double[] theirs = base.get(e.getKey());
                  Arrays.setAll(own, i -> own[i] - theirs[i]);
                  return own;
                })
            .toArray(double[][]::new));
  }

  /** Mean differences over the seeds: per metric, then per variant, one per category. */
  public Map<String, Map<String, double[]>> byCategory() {
    Map<String, Map<String, double[]>> all = new LinkedHashMap<>();
    for (String metric : results.metrics()) {
      Map<Long, double[]> base = results.values(Study.BASE, metric);
      Map<String, double[]> variants = new LinkedHashMap<>();
      for (String variant : results.variants()) {
        if (!variant.equals(Study.BASE)) {
          variants.put(variant, differences(results.values(variant, metric), base).categoryMeans());
        }
      }
      all.put(metric, variants);
    }
    return all;
  }

  private static Map<Long, double[]> means(Map<Long, double[]> values) {
    Map<Long, double[]> means = new LinkedHashMap<>();
    values.forEach((seed, row) -> means.put(seed, new double[] {mean(row)}));
    return means;
  }

  private static double mean(double[] row) {
    return Arrays.stream(row).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  private static Row row(
      String variant, String metric, Map<Long, double[]> values, Judgment judgment) {
    double[] perSeed = values.values().stream().mapToDouble(Comparison::mean).toArray();
    // the same numbers for the same row, whatever else is in the table
    double[] interval = judgment.differences().interval((variant + "\n" + metric).hashCode());
    return new Row(
        variant,
        metric,
        mean(perSeed),
        Differences.deviation(perSeed),
        perSeed.length,
        judgment.differences().mean(),
        interval[0],
        interval[1],
        judgment.p(),
        judgment.verdict());
  }

  /**
   * What a comparison shows.
   *
   * @param p corrected for the number of comparisons
   */
  private record Judgment(Differences differences, double p, String verdict) {

    static final Judgment REFERENCE =
        new Judgment(
            new Differences(new double[0][]), Double.NaN, "the others are compared with it");

    static Judgment of(Differences differences, double p, int comparisons) {
      return differences.seeds() == 0
          ? new Judgment(differences, p, "no seed in common with the base yet")
          : new Judgment(differences, p, Verdict.of(differences, p, comparisons));
    }
  }
}
