/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

/** A sum of doubles with Neumaier's compensation. */
public final class Sum {

  private double sum;
  private double lost;

  /** Adds a finite term. */
  public void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }

  /** The sum so far. */
  public double value() {
    return sum + lost;
  }
}
