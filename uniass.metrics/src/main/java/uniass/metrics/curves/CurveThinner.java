/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.ArrayList;
import java.util.List;
import uniass.api.metric.Scores;

/**
 * Keeps of a curve's points only those that a drawing shows: per cell of a fine grid, entered and
 * left once, the first and the last; of a ragged curve, per column the first, lowest, highest and
 * last.
 */
public final class CurveThinner {

  private static final int CELLS = 400;

  private record Point(double x, double y, double threshold) {}

  private final String name;
  private final boolean rising;
  private final List<Point> kept = new ArrayList<>();
  private long cell = Long.MIN_VALUE;
  private Point lowest;
  private Point highest;
  private Point last;

  private CurveThinner(String name, boolean rising) {
    this.name = name;
    this.rising = rising;
  }

  /** For curves whose x and y never fall. */
  public static CurveThinner rising(String name) {
    return new CurveThinner(name, true);
  }

  /** For curves whose x never falls. */
  static CurveThinner ragged(String name) {
    return new CurveThinner(name, false);
  }

  /** Adds the next point; x and y are 0 to 1. */
  public void add(double x, double y, double threshold) {
    Point point = new Point(x, y, threshold);
    long here = (long) (x * CELLS) * (CELLS + 1) + (rising ? (long) (y * CELLS) : 0);
    if (here != cell) {
      leaveCell();
      kept.add(point);
      cell = here;
      lowest = point;
      highest = point;
    } else if (y < lowest.y) {
      lowest = point;
    } else if (y > highest.y) {
      highest = point;
    }
    last = point;
  }

  /** The curve so far. */
  public Scores.Curve curve() {
    leaveCell();
    cell = Long.MIN_VALUE;
    return new Scores.Curve(
        name,
        kept.stream().mapToDouble(Point::x).toArray(),
        kept.stream().mapToDouble(Point::y).toArray(),
        kept.stream().mapToDouble(Point::threshold).toArray());
  }

  private void leaveCell() {
    if (last == null) {
      return;
    }
    Point first = kept.get(kept.size() - 1);
    if (!rising) {
      boolean lowFirst = lowest.threshold > highest.threshold;
      keepBetween(first, lowFirst ? lowest : highest);
      keepBetween(first, lowFirst ? highest : lowest);
    }
    if (last != first) {
      kept.add(last);
    }
    last = null;
  }

  private void keepBetween(Point first, Point extreme) {
    if (extreme != first && extreme != last) {
      kept.add(extreme);
    }
  }
}
