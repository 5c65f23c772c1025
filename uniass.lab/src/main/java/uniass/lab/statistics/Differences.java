/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * The differences of two variants, paired by seed and category.
 *
 * <p>Trainings of one seed share their first values and order of images, and one network serves all
 * categories: what a seed does to one category it does to others. So a difference counts only if it
 * holds over the pairs and over the seeds: {@link #p} is the larger of two probabilities, those of
 * Wilcoxon's signed-rank test over all pairs and of Student's t-test over the means of the seeds.
 * With one pair per seed it is the latter.
 */
public final class Differences {

  private static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;
  private static final double POWER = 0.8;
  private static final int MOST_SEEDS = 999;

  private final double[][] values;

  /**
   * Compares pairs.
   *
   * @param values differences per seed, then per category; NaN for a pair that is missing
   */
  public Differences(double[][] values) {
    this.values =
        Arrays.stream(values)
            .filter(row -> Arrays.stream(row).anyMatch(Double::isFinite))
            .toArray(double[][]::new);
  }

  /** Number of seeds with a pair. */
  public int seeds() {
    return values.length;
  }

  /** The mean over the categories of each seed, and of these over the seeds. */
  public double mean() {
    return mean(seedMeans());
  }

  /** The mean over the seeds, per category; NaN where there is no pair. */
  public double[] categoryMeans() {
    int categories = values.length == 0 ? 0 : values[0].length;
    double[] means = new double[categories];
    Arrays.setAll(means, c -> mean(Arrays.stream(values).mapToDouble(row -> row[c]).toArray()));
    return means;
  }

  private double[] seedMeans() {
    return Arrays.stream(values).mapToDouble(Differences::mean).toArray();
  }

  private static double mean(double[] values) {
    return finite(values).average().orElse(Double.NaN);
  }

  private static DoubleStream finite(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite);
  }

  /** Standard deviation of some values; NaN for less than two. */
  public static double deviation(double[] values) {
    double mean = mean(values);
    double squares = finite(values).map(v -> (v - mean) * (v - mean)).sum();
    long count = finite(values).count();
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
  }

  /**
   * How probable a difference at least so large is if there is none.
   *
   * @return NaN with fewer than two seeds
   */
  public double p() {
    if (values.length < 2) {
      return Double.NaN;
    }
    double[] pairs = Arrays.stream(values).flatMapToDouble(Differences::finite).toArray();
    if (Arrays.stream(pairs).allMatch(v -> v == 0)) {
      return 1;
    }
    double[] means = seedMeans();
    double overSeeds =
        deviation(means) == 0
            ? means[0] == 0 ? 1 : 0
            : TTest.withDefaults().test(means).getPValue();
    return pairs.length == values.length
        ? overSeeds
        : Math.max(overSeeds, WilcoxonSignedRankTest.withDefaults().test(pairs).getPValue());
  }

  /**
   * The 95 % interval of the mean by the bootstrap: seeds and categories are drawn anew,
   * independently of each other (Owen's pigeonhole bootstrap), and the middle 95 % of the means
   * stay.
   *
   * @param seed of the random numbers
   * @return lower and upper end; NaN with fewer than two seeds
   */
  public double[] interval(long seed) {
    if (values.length < 2) {
      return new double[] {Double.NaN, Double.NaN};
    }
    SplittableRandom random = new SplittableRandom(seed);
    int categories = values[0].length;
    double[] means = new double[RESAMPLES];
    int[] chosen = new int[categories];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int c = 0; c < categories; c++) {
        chosen[c] = random.nextInt(categories);
      }
      double sum = 0;
      int count = 0;
      for (int s = 0; s < values.length; s++) {
        double[] row = values[random.nextInt(values.length)];
        for (int c : chosen) {
          if (Double.isFinite(row[c])) {
            sum += row[c];
            count++;
          }
        }
      }
      means[i] = count == 0 ? mean() : sum / count;
    }
    Arrays.sort(means);
    return new double[] {quantile(means, TAIL), quantile(means, 1 - TAIL)};
  }

  /** Linear between order statistics, as NumPy's default. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * How many seeds would show a difference, in four of five studies, if the spread between seeds
   * stays as it is.
   *
   * @param size of the difference
   * @param level of the test
   * @return 0 if the spread is unknown; 1000 for 1000 or more
   */
  public int seedsFor(double size, double level) {
    double spread = deviation(seedMeans());
    if (Double.isNaN(spread)) {
      return 0;
    }
    int pairsPerSeed = (int) finite(values[0]).count();
    for (int n = 2; n <= MOST_SEEDS; n++) {
      TDistribution t = TDistribution.of(n - 1.0);
      double wanted =
          t.inverseSurvivalProbability(level / 2) + t.inverseCumulativeProbability(POWER);
      boolean pairsSuffice =
          pairsPerSeed == 1 || Math.pow(2, 1.0 - (double) n * pairsPerSeed) <= level;
      if (pairsSuffice && wanted * spread / Math.sqrt(n) <= size) {
        return n;
      }
    }
    return MOST_SEEDS + 1;
  }

  /**
   * Holm's correction: probabilities, each as if it were the only one that is looked at.
   *
   * @param p NaN stays NaN and does not count
   */
  public static double[] holm(double[] p) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      if (!Double.isNaN(p[i])) {
        order.add(i);
      }
    }
    order.sort((a, b) -> Double.compare(p[a], p[b]));
    double[] corrected = new double[p.length];
    Arrays.fill(corrected, Double.NaN);
    double largest = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      largest = Math.max(largest, Math.min(1, (order.size() - rank) * p[order.get(rank)]));
      corrected[order.get(rank)] = largest;
    }
    return corrected;
  }
}
