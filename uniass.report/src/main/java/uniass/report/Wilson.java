/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.Locale;

/**
 * The 95 % confidence interval of a share (Wilson, "Probable inference, the law of succession, and
 * statistical inference", JASA 1927), which stays within 0 and 1 and holds for few images.
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
record Wilson(double low, double high) {

  private static final double Z = 1.959964;

  /** The interval of k in n, n at least 1. */
  static Wilson of(int k, int n) {
    double share = (double) k / n;
    double squared = Z * Z;
    double middle = (share + squared / (2 * n)) / (1 + squared / n);
    double half =
        Z / (1 + squared / n) * Math.sqrt(share * (1 - share) / n + squared / (4.0 * n * n));
    return new Wilson(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /** The share with its interval in percent; empty without images. */
  static String text(int k, int n) {
    if (n == 0) {
      return "";
    }
    Wilson interval = of(k, n);
    return String.format(
        Locale.ROOT,
        "%.0f %% (%.0f to %.0f)",
        100.0 * k / n,
        100 * interval.low,
        100 * interval.high);
  }
}
