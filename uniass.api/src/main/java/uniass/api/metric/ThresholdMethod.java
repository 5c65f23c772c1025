/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to place a threshold above the scores of normal images. Published as a service, it can be
 * named in an experiment's {@code calibrate.method}.
 */
@ConsumerType
public interface ThresholdMethod {

  /** The name in experiments, such as {@code order}. */
  String name();

  /** What it promises, and under which assumption, in a sentence. */
  String guarantee();

  /**
   * Places the threshold.
   *
   * @param scores of normal images, finite, ascending, one at least
   */
  Fit fit(double[] scores, Goal goal);

  /**
   * The fewest images whose threshold keeps the rate, both on average and with the confidence
   * wanted. Unless a method says otherwise, those that a distribution-free one takes: of n + 1
   * exchangeable images each is as likely as any other to score highest, so that 1 in n + 1 normal
   * images lies above the others on average; and none of n exceeds the rate with the confidence
   * wanted if (1 - rate)^n is at most 1 - confidence.
   */
  default int needed(Goal goal) {
    double rate = goal.falseAlarmRate();
    double average = 1 / rate - 1 - 1e-9; // 1 / 0.05 is a little more than 20
    double sure = Math.log(1 - goal.confidence()) / Math.log1p(-rate);
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(Math.max(average, sure)));
  }

  /**
   * What is wanted.
   *
   * @param falseAlarmRate share of normal images that may be called anomalous, 0 to 1 exclusive
   * @param confidence that the share is kept, 0 to 1 exclusive
   */
  record Goal(double falseAlarmRate, double confidence) {}

  /**
   * A threshold as fitted.
   *
   * @param value a score of this or more is anomalous
   * @param upperBound the false-alarm rate that is not exceeded with the goal's confidence
   * @param supported whether the bound is within the rate wanted
   * @param needed fewest images with which it could be
   * @param note what a reader should know, such as the goodness of fit; may be empty
   */
  record Fit(double value, double upperBound, boolean supported, int needed, String note) {}
}
