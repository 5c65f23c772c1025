/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.util.List;

/** Figures of repeated measurements. */
final class Times {

  private Times() {}

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
