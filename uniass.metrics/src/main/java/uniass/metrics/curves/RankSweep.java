/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.List;
import uniass.metrics.curves.RankValues.Best;

/**
 * Walks down all distinct scores that anomalous items have, told how many normal ones lie between
 * and beside them, and computes {@link RankValues}. Only these scores matter: a threshold that adds
 * normal items alone improves nothing and adds a rectangle to the ROC area.
 *
 * <p>Counts are integers and the order of steps is that of the scores, so the result depends on
 * nothing else.
 */
public final class RankSweep {

  private final long normal;
  private final long anomalous;
  private final CurveThinner roc;
  private final CurveThinner pr;
  private final WideSum doubledArea = new WideSum();
  private final Sum precisions = new Sum();
  private long falseAlarms;
  private long hits;
  private double lowest = Double.NaN;
  private Best f1 = Best.NONE;
  private Best iou = Best.NONE;
  private Best sum = Best.NONE;

  /** Starts above the highest score. */
  public RankSweep(long normal, long anomalous, String level, boolean curves) {
    this.normal = normal;
    this.anomalous = anomalous;
    this.roc = curves ? CurveThinner.rising(level + "-roc") : null;
    this.pr = curves ? CurveThinner.ragged(level + "-pr") : null;
    if (curves) {
      roc.add(0, 0, Double.POSITIVE_INFINITY);
    }
  }

  /** Passes normal items that tie with no anomalous one, just above the next step. */
  public void pass(long normals) {
    doubledArea.addProduct(2 * normals, hits);
    falseAlarms += normals;
  }

  /** Steps down to a score that anomalous items have. */
  public void step(double score, long normals, long anomalies) {
    if (roc != null) {
      roc.add(rate(falseAlarms, normal), rate(hits, anomalous), Math.nextUp((float) score));
    }
    doubledArea.addProduct(normals, 2 * hits + anomalies);
    falseAlarms += normals;
    hits += anomalies;
    lowest = score;
    double precision = (double) hits / (hits + falseAlarms);
    double recall = (double) hits / anomalous;
    precisions.add(anomalies * precision);
    f1 = better(f1, 2.0 * hits / (hits + falseAlarms + anomalous), score);
    iou = better(iou, (double) hits / (anomalous + falseAlarms), score);
    sum = better(sum, precision + recall, score);
    if (roc != null) {
      roc.add(rate(falseAlarms, normal), recall, score);
      pr.add(recall, precision, score);
    }
  }

  /** Ends the walk, when all items have been passed or stepped over. */
  public RankValues end() {
    if (falseAlarms != normal || hits != anomalous) {
      throw new IllegalStateException(
          falseAlarms + " of " + normal + " normal, " + hits + " of " + anomalous + " anomalous");
    }
    if (anomalous == 0) {
      return new RankValues(
          normal, 0, Double.NaN, Double.NaN, Best.NONE, Best.NONE, Best.NONE, List.of());
    }
    if (roc != null) {
      roc.add(1, 1, lowest);
    }
    return new RankValues(
        normal,
        anomalous,
        normal == 0 ? Double.NaN : doubledArea.value() / 2 / ((double) normal * anomalous),
        precisions.value() / anomalous,
        f1,
        iou,
        sum,
        roc == null || normal == 0 ? List.of() : List.of(roc.curve(), pr.curve()));
  }

  private static double rate(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }

  /** Scores descend, so the later of equals is the first in ascending order. */
  private static Best better(Best best, double value, double score) {
    return best.value() > value ? best : new Best(value, score);
  }
}
