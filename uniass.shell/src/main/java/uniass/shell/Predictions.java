/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;

/** What was found in images so far, as a table, as CSV and for JSON. Safe for use by threads. */
final class Predictions {

  private static final String[] COLUMNS = {
    "image", "score", "normalised", "verdict", "threshold", "error"
  };

  private final List<Map<String, Object>> rows = new ArrayList<>();
  private int failures;

  synchronized void add(String image, Prediction prediction) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("image", image);
    row.put("score", prediction.score());
    row.put("normalised", prediction.normalizedScore().orElse(Double.NaN));
    row.put("verdict", word(prediction.verdict()));
    row.put("threshold", prediction.threshold().orElse(Double.NaN));
    rows.add(row);
  }

  synchronized void addFailure(String image, String why) {
    failures++;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("image", image);
    row.put("error", why);
    rows.add(row);
  }

  synchronized int size() {
    return rows.size();
  }

  synchronized int failures() {
    return failures;
  }

  synchronized List<Map<String, Object>> rows() {
    return List.copyOf(rows);
  }

  /** How many images are anomalous, in a line; nothing if the model has no thresholds. */
  synchronized Optional<String> summary() {
    long anomalous = count(Verdict.ANOMALOUS);
    long judged = anomalous + count(Verdict.NORMAL);
    return judged == 0
        ? Optional.empty()
        : Optional.of(
            "anomalous: %d of %d images".formatted(anomalous, judged));
  }

  private long count(Verdict verdict) {
    String word = word(verdict);
    return rows.stream().filter(row -> word.equals(row.get("verdict"))).count();
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  String csv() {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setRecordSeparator("\n").setHeader(COLUMNS).get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (Map<String, Object> row : rows()) {
        for (String column : COLUMNS) {
          Object value = row.get(column);
          printer.print(value instanceof Double d && d.isNaN() ? null : value);
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder has none
    }
    return text.toString();
  }

  /** The images that could be read. */
  String table() {
    TextTable table = new TextTable();
    table.row(List.of("image", "score", "normalised", "verdict"));
    for (Map<String, Object> row : rows()) {
      if (row.containsKey("score")) {
        table.row(
            List.of(
                (String) row.get("image"),
                TextTable.value((Double) row.get("score")),
                TextTable.value((Double) row.get("normalised")),
                (String) row.get("verdict")));
      }
    }
    return table.text(true);
  }
}
