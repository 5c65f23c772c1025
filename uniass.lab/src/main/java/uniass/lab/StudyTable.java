/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The comparison of a study's variants.
 *
 * @param rows per metric, then per variant; the base first
 * @param files what was written, by name
 * @param notes what a reader should know
 */
public record StudyTable(List<Row> rows, Map<String, Path> files, List<String> notes) {

  /** Copies the lists. */
  public StudyTable {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /**
   * A metric of a variant; NaN for what is not defined, such as the difference of the base.
   *
   * @param variant such as {@code gated-cnn=identity}; {@code base}; or a baseline's name
   * @param metric the metric's name
   * @param mean over categories, then over seeds
   * @param spread standard deviation over the seeds of the mean over categories
   * @param n number of seeds
   * @param difference mean of variant less base, paired by seed and category
   * @param low lower end of the 95 % interval of the difference
   * @param high upper end
   * @param p how probable so large a difference is if there is none, corrected for the number of
   *     variants
   * @param verdict in words
   */
  public record Row(
      String variant,
      String metric,
      double mean,
      double spread,
      int n,
      double difference,
      double low,
      double high,
      double p,
      String verdict) {}
}
