/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

/** An exact sum of products of non-negative longs, in 127 bits. */
final class WideSum {

  private static final double TWO_64 = 0x1p64;

  private long high;
  private long low;

  void addProduct(long a, long b) {
    long product = a * b;
    high += Math.multiplyHigh(a, b);
    low += product;
    if (Long.compareUnsigned(low, product) < 0) {
      high++;
    }
  }

  double value() {
    double unsigned = low >= 0 ? low : low + TWO_64;
    return high * TWO_64 + unsigned;
  }
}
