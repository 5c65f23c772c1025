/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import uniass.api.metric.ThresholdMethod;
import uniass.api.metric.ThresholdMethod.Fit;
import uniass.api.metric.ThresholdMethod.Goal;

/**
 * A thousand calibrations, each judged by the rate that the scores' distribution really exceeds the
 * threshold with: the share of calibrations that break the rate is within 1 - confidence.
 */
class KeptRateTest {

  private static final int CALIBRATIONS = 1000;
  private static final double CONFIDENCE = 0.95;

  /** What one finds by chance in so many calibrations: three standard deviations. */
  private static final double CHANCE = 3 * Math.sqrt(CONFIDENCE * (1 - CONFIDENCE) / CALIBRATIONS);

  private static double broken(
      ThresholdMethod method,
      int images,
      double rate,
      ToDoubleFunction<SplittableRandom> draw,
      DoubleUnaryOperator above) {
    SplittableRandom random = new SplittableRandom(7);
    int broken = 0;
    for (int run = 0; run < CALIBRATIONS; run++) {
      double[] scores = new double[images];
      Arrays.setAll(scores, i -> draw.applyAsDouble(random));
      Arrays.sort(scores);
      Fit fit = method.fit(scores, new Goal(rate, CONFIDENCE));
      assertTrue(fit.supported() || images < fit.needed() || !fit.note().isEmpty());
      broken += fit.supported() && above.applyAsDouble(fit.value()) > rate ? 1 : 0;
    }
    return (double) broken / CALIBRATIONS;
  }

  private static double exponential(SplittableRandom random) {
    return 1 - Math.log1p(-random.nextDouble());
  }

  private static double aboveExponential(double score) {
    return Math.exp(1 - score);
  }

  private static double logNormal(SplittableRandom random) {
    return Math.exp(0.4 * random.nextGaussian());
  }

  private static double aboveLogNormal(double score) {
    return 1 - Normal.below(Math.log(score) / 0.4);
  }

  @Test
  void orderKeepsItsWordWhateverTheDistribution() {
    for (double rate : new double[] {0.01, 0.05, 0.1}) {
      double broken =
          broken(
              new OrderMethod(),
              320,
              rate,
              KeptRateTest::exponential,
              KeptRateTest::aboveExponential);
      assertTrue(broken <= 1 - CONFIDENCE + CHANCE, rate + ": " + broken);
      assertTrue(broken > 0, "the bound is not needlessly wide");
    }
  }

  @Test
  void tailKeepsItsWordOnTailsOfManyKinds() {
    for (double rate : new double[] {0.01, 0.05, 0.1}) {
      double light =
          broken(
              new TailMethod(),
              60,
              rate,
              KeptRateTest::exponential,
              KeptRateTest::aboveExponential);
      double heavy =
          broken(new TailMethod(), 60, rate, KeptRateTest::logNormal, KeptRateTest::aboveLogNormal);
      assertTrue(light <= 1 - CONFIDENCE + CHANCE, rate + ": " + light);
      assertTrue(heavy <= 1 - CONFIDENCE + CHANCE, rate + ": " + heavy);
    }
  }

  @Test
  void robustKeepsItsWordIfLogarithmsAreNormal() {
    for (double rate : new double[] {0.01, 0.05, 0.1}) {
      double broken =
          broken(
              new RobustMethod(), 24, rate, KeptRateTest::logNormal, KeptRateTest::aboveLogNormal);
      // the factor comes from a simulation of its own, which adds as much chance again
      assertTrue(broken <= 1 - CONFIDENCE + 1.5 * CHANCE, rate + ": " + broken);
      assertTrue(broken > 0, "the bound is not needlessly wide");
    }
  }

  @Test
  void tailNeedsFewerImagesThanOrder() {
    SplittableRandom random = new SplittableRandom(1);
    double[] scores = random.doubles(60).map(u -> 1 - Math.log1p(-u)).sorted().toArray();
    Goal goal = new Goal(0.01, 0.95);
    assertTrue(new TailMethod().fit(scores, goal).supported());
    assertTrue(!new OrderMethod().fit(scores, goal).supported());
  }

  @Test
  void tailFallsBackToOrderAndSaysSo() {
    double[] few = {1, 2, 3, 4, 5, 6, 7, 8};
    Goal goal = new Goal(0.05, 0.5);
    Fit fit = new TailMethod().fit(few, goal);
    assertEquals(new OrderMethod().fit(few, goal).value(), fit.value());
    assertTrue(fit.note().startsWith("as order: too few images"), fit.note());
    double[] ties = new double[100];
    Arrays.fill(ties, 90, 100, 1);
    assertTrue(new TailMethod().fit(ties, goal).note().contains("ties"));
  }

  /** Values of scipy.stats.norm.ppf. */
  @Test
  void quantilesOfTheNormalDistribution() {
    assertEquals(1.6448536269514722, Normal.quantile(0.95), 1e-9);
    assertEquals(-2.3263478740408408, Normal.quantile(0.01), 1e-9);
  }
}
