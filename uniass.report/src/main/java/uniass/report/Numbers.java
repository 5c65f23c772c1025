/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Formats numbers for readers. */
final class Numbers {

  private static final String NOT_DEFINED = "not defined";

  private Numbers() {}

  /** A metric value of 0 to 1. */
  static String share(double value) {
    return Double.isNaN(value) ? NOT_DEFINED : String.format(Locale.ROOT, "%.3f", value);
  }

  /** An anomaly score, which may have any magnitude. */
  static String score(double value) {
    return Double.isNaN(value) ? NOT_DEFINED : String.format(Locale.ROOT, "%.4g", value);
  }

  /** A share of 0 to 1 as percent, with the digits that say something: 5 %, 5.88 %. */
  static String percent(double share) {
    return Double.isNaN(share) ? NOT_DEFINED : three(100 * share) + " %";
  }

  /** A finite number with three digits at most, never in powers of ten. */
  static String three(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  /** A duration. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** A count with its noun. */
  static String count(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}
