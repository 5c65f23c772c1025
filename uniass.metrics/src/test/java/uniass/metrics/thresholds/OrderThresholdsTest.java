package uniass.metrics.thresholds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.api.metric.LineThresholds.Threshold;

class OrderThresholdsTest {

  private final OrderThresholds thresholds = new OrderThresholds();

  /** Values of scipy.stats.beta.ppf(0.95, k + 1, n - k). */
  @Test
  void boundsAreThoseOfClopperAndPearson() {
    assertEquals(0.029513049607039925, Binomial.upperBound(0, 100, 0.95), 1e-12);
    assertEquals(0.07571079374983004, Binomial.upperBound(3, 100, 0.95), 1e-12);
    assertEquals(0.01156815919277204, Binomial.upperBound(17, 2200, 0.95), 1e-12);
    assertEquals(1, Binomial.upperBound(5, 5, 0.95));
  }

  @Test
  void fiftyNineImagesAreTheFewestForFivePercent() {
    Threshold enough = thresholds.fit(ramp(59), 0.05, 0.95);
    assertTrue(enough.supported());
    assertEquals(0, enough.alarms());
    assertEquals(59, enough.needed());
    assertTrue(enough.upperBound() <= 0.05);

    Threshold few = thresholds.fit(ramp(58), 0.05, 0.95);
    assertFalse(few.supported());
    assertTrue(few.upperBound() > 0.05);
    assertTrue(few.describe().contains("at least 59"), few.describe());
    assertFalse(few.anomalous(57));
    assertTrue(few.anomalous(57.1));
  }

  @Test
  void thresholdIsTheSmallestThatTheBoundAllows() {
    Threshold t = thresholds.fit(ramp(1000), 0.05, 0.95);
    assertTrue(Binomial.upperBound(t.alarms(), 1000, 0.95) <= 0.05);
    assertTrue(Binomial.upperBound(t.alarms() + 1, 1000, 0.95) > 0.05);
    assertEquals(t.alarms(), Arrays.stream(ramp(1000)).filter(t::anomalous).count());
  }

  @Test
  void guaranteeHoldsOverManyCalibrations() {
    SplittableRandom random = new SplittableRandom(7);
    int broken = 0;
    int runs = 2000;
    for (int run = 0; run < runs; run++) {
      double[] scores = IntStream.range(0, 300).mapToDouble(i -> random.nextDouble()).toArray();
      // For uniform scores the true false-alarm rate is 1 - threshold.
      broken += 1 - thresholds.fit(scores, 0.03, 0.9).value() > 0.03 ? 1 : 0;
    }
    assertTrue(broken <= runs * 0.1 + 3 * Math.sqrt(runs * 0.09), "broken " + broken);
    assertTrue(broken > 0, "the bound is not needlessly wide");
  }

  @Test
  void tiesNeverRaiseAlarms() {
    double[] scores = new double[200];
    Threshold t = thresholds.fit(scores, 0.1, 0.95);
    assertFalse(t.anomalous(0));
    assertEquals(0, t.alarms());
  }

  @Test
  void jsonKeepsEveryDigit() {
    Map<String, Threshold> all =
        Map.of(
            "*", thresholds.fit(ramp(77), 0.01, 0.9), "screw", thresholds.fit(ramp(5), 0.3, 0.5));
    assertEquals(all, thresholds.fromJson(thresholds.toJson(all)));
  }

  @Test
  void nonsenseIsRefusedInOneLine() {
    for (Runnable wrong :
        new Runnable[] {
          () -> thresholds.fit(new double[0], 0.1, 0.9),
          () -> thresholds.fit(new double[] {Double.NaN}, 0.1, 0.9),
          () -> thresholds.fit(ramp(3), 0, 0.9),
          () -> thresholds.fit(ramp(3), 0.1, 1),
          () -> thresholds.fromJson("[1]"),
          () -> thresholds.fromJson("{\"*\": {}}"),
          () -> thresholds.fromJson("{")
        }) {
      String message = assertThrows(UniassException.class, wrong::run).getMessage();
      assertFalse(message.contains("\n"));
    }
  }

  private static double[] ramp(int n) {
    return IntStream.range(0, n).mapToDouble(i -> i).toArray();
  }
}
