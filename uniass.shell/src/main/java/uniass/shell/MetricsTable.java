/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Metric values as a text: one row per category or model, one column per metric. */
final class MetricsTable {

  private final TextTable table = new TextTable();
  private final List<String> metrics;

  /** A table with a header. */
  MetricsTable(String header, Collection<String> metrics) {
    this.metrics = List.copyOf(metrics);
    List<String> cells = new ArrayList<>(List.of(header));
    cells.addAll(metrics);
    table.row(cells);
  }

  /** Adds a row of values by metric. */
  MetricsTable row(String name, Map<String, Double> values) {
    table.row(name, metrics.stream().map(values::get).toList());
    return this;
  }

  /** Adds a row for each name. */
  MetricsTable rows(Map<String, Map<String, Double>> rows) {
    rows.forEach(this::row);
    return this;
  }

  @Override
  public String toString() {
    return table.text(false);
  }
}
