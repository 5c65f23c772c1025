/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A generalized Pareto distribution fitted to the excesses over a high score. */
final class ParetoTail {

  private static final double LOWEST_SHAPE = -0.5;
  private static final double HIGHEST_SHAPE = 1;
  private static final int SHAPES = 16;
  private static final int SHARES = 5;
  private static final int RATIOS = 40;
  private static final int BISECTIONS = 30;
  private static final int SIMULATIONS = 49;
  private static final double SMALL_SAMPLE = 10;
  private static final double LEAST_CONFIDENCE = 0.6;
  private static final double FARTHEST = 1e4;

  private final double[] excesses;
  private final int images;
  private final double mean;
  private double shape;
  private double scale;
  private double best = Double.NEGATIVE_INFINITY;

  /**
   * Fits by maximum likelihood (Grimshaw, "Computing maximum likelihood estimates for the
   * generalized Pareto distribution", Technometrics 1993): under a ratio of shape to scale the
   * likeliest shape is the mean of log(1 + ratio x excess).
   *
   * @param excesses above 0, ascending
   * @param images of how many images these are the highest
   */
  ParetoTail(double[] excesses, int images) {
    this.excesses = excesses;
    this.images = images;
    this.mean = Arrays.stream(excesses).average().orElseThrow();
    double lowest = -0.999 / excesses[excesses.length - 1];
    for (int i = 1; i <= RATIOS; i++) {
      double part = (double) i / RATIOS;
      consider(lowest * part);
      consider(10 / mean * part * part * part);
    }
  }

  private void consider(double ratio) {
    double sum = 0;
    for (double excess : excesses) {
      sum += Math.log1p(ratio * excess);
    }
    double candidate = sum / excesses.length;
    if (candidate < LOWEST_SHAPE || candidate > HIGHEST_SHAPE) {
      return;
    }
    double size = candidate / ratio;
    double likelihood = -excesses.length * (Math.log(size) + candidate + 1);
    if (likelihood > best) {
      best = likelihood;
      shape = candidate;
      scale = size;
    }
  }

  double shape() {
    return shape;
  }

  private static double[] shapes() {
    double[] shapes = new double[SHAPES];
    Arrays.setAll(
        shapes, i -> LOWEST_SHAPE + i * (HIGHEST_SHAPE - LOWEST_SHAPE) / (SHAPES - 1) + 1e-9);
    return shapes;
  }

  private double likelihood(double candidate, double size) {
    double sum = -excesses.length * Math.log(size);
    for (double excess : excesses) {
      double inner = candidate * excess / size;
      if (inner <= -1) {
        return Double.NEGATIVE_INFINITY;
      }
      sum -= (1 + 1 / candidate) * Math.log1p(inner);
    }
    return sum;
  }

  /**
   * The upper confidence bound of the quantile that a share of all images exceeds: the largest
   * excess whose profile likelihood, over shape and the tail's own share, is not too low.
   */
  double upperQuantile(double rate, double confidence) {
    // the likeliest value itself is too low more often than not
    double z = Normal.quantile(Math.max(LEAST_CONFIDENCE, confidence));
    // few peaks: the likelihood is less like a parabola, so the bound is taken farther out
    double lowest = best - z * z / 2 * (1 + SMALL_SAMPLE / excesses.length);
    double low = quantile(rate, shape, scale, share(0.5));
    double high = low;
    while (profile(rate, high) >= lowest && high < FARTHEST * mean) {
      low = high;
      high *= 1.5;
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (profile(rate, middle) >= lowest) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double quantile(double rate, double shape, double scale, double share) {
    return scale * reach(rate, shape, share);
  }

  private static double reach(double rate, double shape, double share) {
    return Math.expm1(-shape * Math.log(rate / share)) / shape;
  }

  /** The share of images in the tail at a quantile of its own uncertainty. */
  private double share(double quantile) {
    double p = (double) excesses.length / images;
    return Math.min(0.99, p + Normal.quantile(quantile) * Math.sqrt(p * (1 - p) / images));
  }

  private double profile(double rate, double excess) {
    double highest = Double.NEGATIVE_INFINITY;
    double p = (double) excesses.length / images;
    double binomial = binomial(p);
    for (int s = 0; s < SHARES; s++) {
      double share = share(0.5 + 0.499 * s / (SHARES - 1));
      double less = binomial(share) - binomial;
      for (double candidate : shapes()) {
        double size = excess / reach(rate, candidate, share);
        if (size > 0) {
          highest = Math.max(highest, less + likelihood(candidate, size));
        }
      }
    }
    return highest;
  }

  private double binomial(double share) {
    return excesses.length * Math.log(share) + (images - excesses.length) * Math.log1p(-share);
  }

  /** The share of simulated tails that fit worse, by the Cramer-von Mises distance. */
  double goodnessOfFit() {
    double own = distance();
    RandomGenerator random = new SplittableRandom(4_711);
    int worse = 0;
    for (int i = 0; i < SIMULATIONS; i++) {
      double[] drawn = new double[excesses.length];
      Arrays.setAll(
          drawn, j -> scale * Math.expm1(-shape * Math.log(1 - random.nextDouble())) / shape);
      Arrays.sort(drawn);
      worse += new ParetoTail(drawn, images).distance() >= own ? 1 : 0;
    }
    return (worse + 1.0) / (SIMULATIONS + 1);
  }

  private double distance() {
    int n = excesses.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double below =
          -Math.expm1(-Math.log1p(Math.max(-1 + 1e-12, shape * excesses[i] / scale)) / shape);
      double off = below - (i + 0.5) / n;
      sum += off * off;
    }
    return sum;
  }
}
