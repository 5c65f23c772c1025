/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import org.osgi.service.component.annotations.Component;
import uniass.api.metric.ThresholdMethod;

/**
 * Thresholds from order statistics. The share of images above the (k + 1)-th highest of n scores
 * is, whatever the distribution, at most Beta(k + 1, n - k) distributed; its quantile is the
 * Clopper-Pearson bound for k alarms in n images. The largest k whose bound is within the rate
 * wanted gives the smallest threshold. With too few images it lies just above the highest score.
 */
@Component
public final class OrderMethod implements ThresholdMethod {

  @Override
  public String name() {
    return "order";
  }

  @Override
  public String guarantee() {
    return "distribution-free: assumes only that production images and calibration images are"
        + " exchangeable";
  }

  @Override
  public Fit fit(double[] scores, Goal goal) {
    int n = scores.length;
    double tail = 1 - goal.confidence();
    int allowed = Binomial.most(n, goal.falseAlarmRate(), tail);
    int above = Math.max(0, allowed);
    return new Fit(
        Math.nextUp((float) scores[n - 1 - above]),
        Binomial.upperBound(above, n, goal.confidence()),
        allowed >= 0,
        fewest(goal),
        "");
  }

  /** The fewest images of which none above the threshold suffices. */
  private static int fewest(Goal goal) {
    double needed = Math.ceil(Math.log(1 - goal.confidence()) / Math.log1p(-goal.falseAlarmRate()));
    return (int) Math.min(Integer.MAX_VALUE, needed);
  }
}
