/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import uniass.api.metric.Scores.Curve;

/** Brings curves of many categories onto one set of x, as the charts need them. */
final class CurveGrid {

  private static final int POINTS = 160;

  private final double[] x;

  private CurveGrid(double[] x) {
    this.x = x;
  }

  /** Denser at small false positive rates, where ROC and PRO curves bend. */
  static CurveGrid dense(double end) {
    double[] x = new double[POINTS + 1];
    for (int i = 0; i <= POINTS; i++) {
      double t = (double) i / POINTS;
      x[i] = end * t * t;
    }
    return new CurveGrid(x);
  }

  /** Evenly spaced. */
  static CurveGrid even(double end) {
    double[] x = new double[POINTS + 1];
    for (int i = 0; i <= POINTS; i++) {
      x[i] = end * i / POINTS;
    }
    return new CurveGrid(x);
  }

  double[] x() {
    return x;
  }

  /** The curve's y at each x, straight between its points; NaN where the curve does not reach. */
  double[] sample(Curve curve) {
    double[] cx = curve.x();
    double[] cy = curve.y();
    double[] y = new double[x.length];
    int next = 0;
    for (int i = 0; i < x.length; i++) {
      while (next < cx.length && cx[next] <= x[i]) {
        next++;
      }
      if (next == 0) {
        y[i] = Double.NaN;
      } else if (next == cx.length) {
        y[i] = x[i] - cx[next - 1] <= 1e-9 ? cy[next - 1] : Double.NaN;
      } else {
        double t = (x[i] - cx[next - 1]) / (cx[next] - cx[next - 1]);
        y[i] = cy[next - 1] + t * (cy[next] - cy[next - 1]);
      }
    }
    return y;
  }
}
