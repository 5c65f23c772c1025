/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of aligned columns: the first to the left, values to the right. */
final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();

  TextTable row(List<String> cells) {
    rows.add(cells);
    return this;
  }

  TextTable row(String first, List<Double> values) {
    List<String> cells = new ArrayList<>();
    cells.add(first);
    values.forEach(v -> cells.add(value(v)));
    return row(cells);
  }

  /** A metric value as text; empty if there is none. */
  static String value(Double value) {
    if (value == null) {
      return "";
    }
    return value.isNaN() ? "not defined" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** The lines; all columns but the first are right-aligned unless asked otherwise. */
  String text(boolean leftAligned) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    rows.forEach(
        r -> {
          for (int i = 0; i < r.size(); i++) {
            widths[i] = Math.max(widths[i], r.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String pad = " ".repeat(widths[i] - cell.length());
        line.append(i == 0 || leftAligned ? cell + pad : pad + cell).append("  ");
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
