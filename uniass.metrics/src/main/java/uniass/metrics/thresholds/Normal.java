/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

/** The standard normal distribution. */
final class Normal {

  private static final double SURELY = 12;
  private static final int BISECTIONS = 80;

  private Normal() {}

  /** The value below which a share p lies, 0 to 1 exclusive. */
  static double quantile(double p) {
    double low = -SURELY;
    double high = SURELY;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (below(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The share below z, by the series of the odd powers (Marsaglia, 2004). */
  static double below(double z) {
    if (z < -8) {
      return 0;
    }
    if (z > 8) {
      return 1;
    }
    double sum = z;
    double term = z;
    for (int i = 3; sum + term != sum; i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }
}
