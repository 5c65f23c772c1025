/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.List;
import uniass.api.metric.Scores;

/**
 * What the ranks of anomalous among normal scores tell. NaN where not defined.
 *
 * @param normal number of normal scores
 * @param anomalous number of anomalous scores
 * @param auroc area under the ROC curve, ties counting one half
 * @param ap average precision, the step-wise sum without interpolation, ties grouped
 * @param f1 the best F1 over thresholds, with the lowest threshold that reaches it
 * @param iou the best intersection over union, likewise
 * @param sum the best precision + recall, likewise
 * @param curves ROC and PR, if kept
 */
public record RankValues(
    long normal,
    long anomalous,
    double auroc,
    double ap,
    Best f1,
    Best iou,
    Best sum,
    List<Scores.Curve> curves) {

  /**
   * A maximum and where it lies.
   *
   * @param value the maximum
   * @param threshold scores of this or more are taken as anomalous
   */
  public record Best(double value, double threshold) {

    static final Best NONE = new Best(Double.NaN, Double.NaN);
  }
}
