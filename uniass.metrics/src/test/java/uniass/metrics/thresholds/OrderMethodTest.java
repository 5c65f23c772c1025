/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uniass.api.metric.ThresholdMethod.Fit;
import uniass.api.metric.ThresholdMethod.Goal;

class OrderMethodTest {

  private final OrderMethod order = new OrderMethod();

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
    Fit enough = order.fit(ramp(59), new Goal(0.05, 0.95));
    assertTrue(enough.supported());
    assertTrue(enough.value() > 58, "none alarms");
    assertEquals(59, enough.needed());
    assertTrue(enough.upperBound() <= 0.05);

    Fit few = order.fit(ramp(58), new Goal(0.05, 0.95));
    assertFalse(few.supported());
    assertTrue(few.upperBound() > 0.05);
    assertEquals(59, few.needed());
    assertTrue(few.value() > 57 && few.value() < 57.1);
  }

  @Test
  void thresholdIsTheSmallestThatTheBoundAllows() {
    Fit fit = order.fit(ramp(1000), new Goal(0.05, 0.95));
    int alarms = (int) IntStream.range(0, 1000).filter(s -> s >= fit.value()).count();
    assertTrue(Binomial.upperBound(alarms, 1000, 0.95) <= 0.05);
    assertTrue(Binomial.upperBound(alarms + 1, 1000, 0.95) > 0.05);
  }

  @Test
  void tiesNeverRaiseAlarms() {
    assertTrue(order.fit(new double[200], new Goal(0.1, 0.95)).value() > 0);
  }

  private static double[] ramp(int n) {
    return IntStream.range(0, n).mapToDouble(i -> i).toArray();
  }
}
