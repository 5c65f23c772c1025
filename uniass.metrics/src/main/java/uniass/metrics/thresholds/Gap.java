/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.Arrays;

/** Room between a threshold and the scores that it was made from. */
final class Gap {

  private Gap() {}

  /**
   * The lowest threshold, not below the one given, that keeps a relative margin from all scores:
   * whatever a score's last digits are in another batch or with other threads, it stays on its
   * side.
   */
  static double above(double threshold, double[] scores, double margin) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double value = threshold;
    for (double score : sorted) {
      double room = margin * Math.max(Math.abs(score), Math.abs(value));
      if (Math.abs(score - value) <= room) {
        value = score + room * (1 + 1e-3) + Math.ulp((float) score);
      }
    }
    return value;
  }
}
