/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers from SciPy 1.17.1, as the comments have them. */
class DifferencesTest {

  private static final double[][] CLEAR = {
    {0.012, 0.034, -0.004, 0.021}, {0.018, 0.027, 0.003, 0.031}, {0.009, 0.041, -0.011, 0.025}
  };
  private static final double[][] VAGUE = {
    {0.01, -0.02, 0.015},
    {0.03, 0.004, -0.012},
    {-0.022, 0.008, 0.019},
    {0.017, -0.006, 0.026},
    {0.005, 0.011, -0.009}
  };

  @Test
  void theLargerOfTwoProbabilitiesCounts() {
    // wilcoxon(d.ravel(), mode="exact"): 0.0068359375; ttest_1samp(d.mean(1), 0): 0.0056312
    assertEquals(0.0068359375, new Differences(CLEAR).p(), 1e-12);
    // 0.30279541015625 and 0.0737022
    assertEquals(0.30279541015625, new Differences(VAGUE).p(), 1e-12);
    double[][] alike = {{0.02, 0.0201}, {0.021, 0.0193}, {0.0188, 0.0207}, {0.0195, 0.0203}};
    // wilcoxon: 0.0078125; ttest_1samp: 1.86e-07
    assertEquals(0.0078125, new Differences(alike).p(), 1e-12);
  }

  @Test
  void whatSeedsShareIsOneObservation() {
    double[][] shared = new double[3][10];
    double[] effects = {0.001, 0.02, 0.009};
    for (int s = 0; s < 3; s++) {
      for (int c = 0; c < 10; c++) {
        shared[s][c] = effects[s] + c * 1e-6;
      }
    }
    // all 30 pairs are positive: wilcoxon says 1.9e-09; ttest_1samp over the seeds 0.2109385
    assertEquals(0.2109385, new Differences(shared).p(), 1e-6);
  }

  @Test
  void onePairPerSeedIsJudgedBySeeds() {
    double[][] one = {{0.012}, {0.034}, {-0.004}, {0.021}, {0.018}, {0.027}};
    // ttest_1samp: 0.020323793249860934; wilcoxon is not asked (0.0625)
    assertEquals(0.020323793249860934, new Differences(one).p(), 1e-12);
  }

  @Test
  void meansAndSpreads() {
    assertEquals(0.005066666666666667, new Differences(VAGUE).mean(), 1e-15);
    double[] means = {0.005 / 3, 0.022 / 3, 0.005 / 3, 0.037 / 3, 0.007 / 3};
    assertEquals(0.004704607670500627, Differences.deviation(means), 1e-15);
    assertTrue(Double.isNaN(Differences.deviation(new double[] {1})));
    double[][] withGaps = {{0.01, Double.NaN}, {Double.NaN, Double.NaN}, {0.02, 0.04}};
    assertEquals(2, new Differences(withGaps).seeds());
    assertEquals(0.02, new Differences(withGaps).mean(), 1e-15);
  }

  @Test
  void intervalAsOfABootstrap() {
    double[][] one = {{0.012}, {0.034}, {-0.004}, {0.021}, {0.018}, {0.027}};
    // bootstrap(method="percentile", n_resamples=200000): 0.0076667, 0.027
    double[] interval = new Differences(one).interval(1);
    assertArrayEquals(new double[] {0.0076667, 0.027}, interval, 5e-4);
    assertArrayEquals(interval, new Differences(one).interval(1));
    assertTrue(Double.isNaN(new Differences(new double[][] {{0.1, 0.2}}).interval(1)[0]));
  }

  @Test
  void seedsThatWouldShowADifference() {
    Differences vague = new Differences(VAGUE);
    // smallest n with (t.isf(level / 2, n - 1) + t.ppf(.8, n - 1)) * spread / sqrt(n) <= size
    assertEquals(4, vague.seedsFor(0.01, 0.05));
    assertEquals(10, vague.seedsFor(0.005, 0.05));
    assertEquals(13, vague.seedsFor(0.005, 0.0125));
    assertEquals(0, new Differences(new double[][] {{0.1}}).seedsFor(0.01, 0.05));
  }

  @Test
  void holmsCorrection() {
    double[] corrected = Differences.holm(new double[] {0.01, 0.04, Double.NaN, 0.03, 0.005});
    assertArrayEquals(new double[] {0.03, 0.06, Double.NaN, 0.06, 0.02}, corrected, 1e-15);
  }

  @Test
  void verdictsInWords() {
    Differences clear = new Differences(CLEAR);
    assertEquals("better", Verdict.of(clear, clear.p(), 1));
    double[][] reversed = new double[3][4];
    for (int s = 0; s < 3; s++) {
      for (int c = 0; c < 4; c++) {
        reversed[s][c] = -CLEAR[s][c];
      }
    }
    assertEquals("worse", Verdict.of(new Differences(reversed), clear.p(), 1));
    assertEquals(
        "no difference that 1 seed can show",
        Verdict.of(new Differences(new double[][] {{0.1, 0.1}}), Double.NaN, 1));
    Differences vague = new Differences(VAGUE);
    assertEquals("no difference of 1 point", Verdict.of(vague, vague.p(), 1));
    double[][] wide = {{0.05, -0.02}, {-0.04, 0.03}, {0.06, 0.01}};
    String words = Verdict.of(new Differences(wide), 0.7, 1);
    assertTrue(
        words.matches("no difference that 3 seeds can show; [0-9]+ would show 1 point"), words);
  }

  /** Four variants without any effect, whose noise is partly common to the categories of a seed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15})
  void studiesWithoutEffectAreSeldomBetter(int categories) {
    Random random = new Random(1);
    int falseAlarms = 0;
    for (int study = 0; study < 1000; study++) {
      double[] p = new double[4];
      Differences[] variants = new Differences[4];
      for (int v = 0; v < p.length; v++) {
        variants[v] = new Differences(noise(random, categories));
        p[v] = variants[v].p();
      }
      double[] corrected = Differences.holm(p);
      boolean better = false;
      for (int v = 0; v < p.length; v++) {
        better |= Verdict.of(variants[v], corrected[v], p.length).equals(Verdict.BETTER);
      }
      falseAlarms += better ? 1 : 0;
    }
    assertTrue(falseAlarms <= 50, falseAlarms + " of 1000 studies call chance an improvement");
  }

  private static double[][] noise(Random random, int categories) {
    double[][] values = new double[3][categories];
    for (double[] seed : values) {
      double common = 0.01 * random.nextGaussian();
      for (int c = 0; c < seed.length; c++) {
        seed[c] = common + 0.01 * random.nextGaussian();
      }
    }
    return values;
  }
}
