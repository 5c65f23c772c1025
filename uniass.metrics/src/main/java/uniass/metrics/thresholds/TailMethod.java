/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.Arrays;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import uniass.api.metric.ThresholdMethod;

/**
 * Peaks over threshold (Coles, "An Introduction to Statistical Modeling of Extreme Values", 2001,
 * chapter 4): the excesses of the highest fifth of the scores over the one below them are taken as
 * generalized Pareto distributed, and the threshold is the upper confidence bound, by profile
 * likelihood, of the quantile of the rate wanted. Falls back to {@link OrderMethod} with too few
 * scores, a rate within the bulk, or a poor fit.
 */
@Component
public final class TailMethod implements ThresholdMethod {

  private static final double TAIL = 0.2;
  private static final int FEWEST_PEAKS = 10;
  private static final double POOR = 0.05;

  @Override
  public String name() {
    return "tail";
  }

  @Override
  public String guarantee() {
    return "assumes that the highest fifth of normal scores follows a generalized Pareto"
        + " distribution, whose fit is tested; else as order";
  }

  @Override
  public Fit fit(double[] scores, Goal goal) {
    int n = scores.length;
    int peaks = (int) Math.round(TAIL * n);
    if (peaks < FEWEST_PEAKS) {
      return fallBack(scores, goal, "too few images for a tail of " + FEWEST_PEAKS);
    }
    if (goal.falseAlarmRate() >= TAIL / 1.5) {
      return fallBack(scores, goal, "the rate lies within the bulk of the scores");
    }
    double from = scores[n - peaks - 1];
    double[] excesses = Arrays.stream(scores, n - peaks, n).map(s -> s - from).toArray();
    if (!(excesses[0] > 0)) {
      return fallBack(scores, goal, "ties among the highest scores");
    }
    ParetoTail tail = new ParetoTail(excesses, n);
    double fit = tail.goodnessOfFit();
    if (fit < POOR) {
      return fallBack(scores, goal, note("a poor fit of the tail", fit));
    }
    double value = from + tail.upperQuantile(goal.falseAlarmRate(), goal.confidence());
    return new Fit(
        Math.nextUp((float) value),
        goal.falseAlarmRate(),
        true,
        needed(goal),
        note(
            "tail of "
                + peaks
                + " images, shape "
                + String.format(Locale.ROOT, "%.2f", tail.shape()),
            fit));
  }

  /** A tail that fits is enough for a small rate. */
  @Override
  public int needed(Goal goal) {
    return Math.min(
        ThresholdMethod.super.needed(goal), (int) Math.ceil((FEWEST_PEAKS - 0.5) / TAIL));
  }

  private static String note(String what, double fit) {
    return String.format(Locale.ROOT, "%s (goodness of fit p = %.2f)", what, fit);
  }

  private static Fit fallBack(double[] scores, Goal goal, String why) {
    Fit order = new OrderMethod().fit(scores, goal);
    return new Fit(
        order.value(), order.upperBound(), order.supported(), order.needed(), "as order: " + why);
  }
}
