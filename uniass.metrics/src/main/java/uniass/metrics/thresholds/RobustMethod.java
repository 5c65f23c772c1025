/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import uniass.api.metric.ThresholdMethod;

/**
 * Thresholds from the median and the median absolute deviation of the scores' logarithms (of the
 * scores themselves, if one is not positive): median + k times the deviation. The factor k is the
 * tolerance factor of the normal distribution for these two estimates, found by a simulation with a
 * fixed seed.
 */
@Component
public final class RobustMethod implements ThresholdMethod {

  private static final int SIMULATIONS = 4000;
  private static final int MOST_SIMULATED = 400;
  private static final int FEWEST = 5;

  private record Case(int n, Goal goal) {}

  private final Map<Case, Double> factors = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "robust";
  }

  @Override
  public String guarantee() {
    return "assumes that the logarithms of normal scores are normally distributed; a first look"
        + " with few images";
  }

  @Override
  public Fit fit(double[] scores, Goal goal) {
    boolean positive = scores[0] > 0;
    double[] values = Arrays.stream(scores).map(s -> positive ? Math.log(s) : s).sorted().toArray();
    Spread spread = Spread.of(values);
    if (values.length < FEWEST || !(spread.scale() > 0)) {
      return new OrderMethod().fit(scores, goal);
    }
    double value = spread.location() + factor(values.length, goal) * spread.scale();
    return new Fit(
        Math.nextUp((float) (positive ? Math.exp(value) : value)),
        goal.falseAlarmRate(),
        true,
        FEWEST,
        "");
  }

  @Override
  public int needed(Goal goal) {
    return FEWEST;
  }

  private double factor(int n, Goal goal) {
    return factors.computeIfAbsent(
        new Case(Math.min(n, MOST_SIMULATED), goal), RobustMethod::simulate);
  }

  /** With the wanted confidence the factor reaches beyond the quantile of the rate. */
  private static double simulate(Case wanted) {
    RandomGenerator random = new SplittableRandom(20_231);
    double quantile = Normal.quantile(1 - wanted.goal.falseAlarmRate());
    double[] needed = new double[SIMULATIONS];
    double[] sample = new double[wanted.n];
    for (int i = 0; i < SIMULATIONS; i++) {
      Arrays.setAll(sample, j -> random.nextGaussian());
      Arrays.sort(sample);
      Spread spread = Spread.of(sample);
      needed[i] = (quantile - spread.location()) / spread.scale();
    }
    Arrays.sort(needed);
    return needed[
        (int) Math.min(SIMULATIONS - 1, Math.ceil(SIMULATIONS * wanted.goal.confidence()))];
  }
}
