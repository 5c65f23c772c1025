/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** {@code history.csv}: one row per epoch. */
public final class History {

  /** The file's name. */
  public static final String FILE = "history.csv";

  public static final String EPOCH = "epoch";
  public static final String STEP = "step";
  public static final String LOSS = "loss";
  public static final String RATE = "learning-rate";
  public static final String NORM = "gradient-norm";
  public static final String SKIPPED = "skipped-batches";

  /** Mean loss of the normal images that were held out. */
  public static final String HELD_OUT_LOSS = "held-out-loss";

  /** Begins the columns of metrics on test images. */
  public static final String TEST = "test-";

  private static final Set<String> WHOLE = Set.of(EPOCH, STEP, SKIPPED);

  private History() {}

  /** Writes rows as CSV; columns in the order of their first appearance. */
  public static String csv(List<Map<String, Double>> rows) {
    Set<String> columns = new LinkedHashSet<>(List.of(EPOCH, STEP, LOSS, RATE, NORM, SKIPPED));
    rows.forEach(row -> columns.addAll(row.keySet()));
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator("\n")
            .setHeader(columns.toArray(String[]::new))
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (Map<String, Double> row : rows) {
        for (String column : columns) {
          printer.print(text(column, row.get(column)));
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The rows for TensorBoard: values by tag, by epoch. */
  public static SortedMap<Long, Map<String, Double>> byTag(List<Map<String, Double>> rows) {
    SortedMap<Long, Map<String, Double>> epochs = new TreeMap<>();
    for (Map<String, Double> row : rows) {
      Map<String, Double> values = new LinkedHashMap<>();
      row.forEach(
          (column, value) -> {
            switch (column) {
              case EPOCH, STEP -> {}
              case LOSS, NORM, SKIPPED -> values.put("train/" + column, value);
              case RATE -> values.put("train/rate", value);
              default ->
                  values.put(
                      "validation/"
                          + (column.startsWith(TEST) ? column.substring(TEST.length()) : column),
                      value);
            }
          });
      epochs.put(row.get(EPOCH).longValue(), values);
    }
    return epochs;
  }

  private static String text(String column, Double value) {
    if (value == null) {
      return "";
    }
    return WHOLE.contains(column) ? Long.toString(value.longValue()) : value.toString();
  }
}
