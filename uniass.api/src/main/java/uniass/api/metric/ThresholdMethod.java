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
