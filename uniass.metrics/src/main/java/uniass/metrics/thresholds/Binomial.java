/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

/** The lower tail of the binomial distribution. */
final class Binomial {

  private static final int BISECTIONS = 200;

  private Binomial() {}

  /** Probability of at most k successes in n trials of probability p, 0 to 1 exclusive. */
  static double atMost(int k, int n, double p) {
    if (k >= n) {
      return 1;
    }
    double odds = Math.log(p) - Math.log1p(-p);
    double log = n * Math.log1p(-p);
    double sum = log;
    for (int j = 0; j < k; j++) {
      log += odds + Math.log((double) (n - j) / (j + 1));
      double larger = Math.max(sum, log);
      sum = larger + Math.log1p(Math.exp(Math.min(sum, log) - larger));
    }
    return Math.min(1, Math.exp(sum));
  }

  /** Most successes k whose tail up to k stays within {@code tail}; -1 if there is none. */
  static int most(int n, double p, double tail) {
    int low = -1;
    int high = n;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (atMost(middle, n, p) <= tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The one-sided upper Clopper-Pearson bound: the probability at which k successes or fewer in n
   * trials have just the chance 1 - confidence.
   */
  static double upperBound(int k, int n, double confidence) {
    if (k >= n) {
      return 1;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS && Math.nextUp(low) < high; i++) {
      double middle = (low + high) / 2;
      if (atMost(k, n, middle) > 1 - confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
