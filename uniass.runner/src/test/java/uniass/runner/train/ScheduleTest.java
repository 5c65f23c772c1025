/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import uniass.inference.experiment.TrainSpec.ScheduleSpec;

class ScheduleTest {

  private static Schedule schedule(String name, boolean late, double warmUp) {
    return new Schedule(new ScheduleSpec(name, 400, 0.1, late, 0, warmUp), 1e-4, 1000);
  }

  @Test
  void stepDropsAfterEvery400Epochs() {
    Schedule step = schedule("step", false, 0);
    assertEquals(1e-4, step.rate(399, 9, 10), 1e-18);
    assertEquals(1e-5, step.rate(400, 0, 10), 1e-18);
    assertEquals(1e-6, step.rate(800, 0, 10), 1e-18);
  }

  @Test
  void theReleasedCodeDropsOneEpochLate() {
    Schedule step = schedule("step", true, 0);
    assertEquals(1e-4, step.rate(400, 0, 10), 1e-18);
    assertEquals(1e-5, step.rate(401, 0, 10), 1e-18);
    assertEquals(1e-5, step.rate(800, 0, 10), 1e-18);
    assertEquals(1e-6, step.rate(801, 0, 10), 1e-18);
  }

  @Test
  void cosineFallsFromTheRateToNothing() {
    Schedule cosine = schedule("cosine", false, 0);
    assertEquals(1e-4, cosine.rate(0, 0, 10), 1e-18);
    assertEquals(0.5e-4, cosine.rate(500, 0, 10), 1e-12);
    assertTrue(cosine.rate(999, 9, 10) < 1e-9);
  }

  @Test
  void warmUpRisesLinearlyFromTheFirstStep() {
    Schedule warm = schedule("constant", false, 2);
    assertEquals(1e-4 / 20, warm.rate(0, 0, 10), 1e-18);
    assertEquals(1e-4 / 2, warm.rate(0, 9, 10), 1e-18);
    assertEquals(1e-4, warm.rate(1, 9, 10), 1e-18);
    assertEquals(1e-4, warm.rate(5, 0, 10), 1e-18);
  }

  @Test
  void cosineBeginsAfterTheWarmUpAndEndsAtTheMinimum() {
    Schedule both = new Schedule(new ScheduleSpec("cosine", 1, 0, false, 0.1, 10), 1e-4, 110);
    assertEquals(1e-4 / 100, both.rate(0, 0, 10), 1e-18);
    assertEquals(1e-4, both.rate(9, 9, 10), 1e-18);
    assertEquals(1e-4, both.rate(10, 0, 10), 1e-18);
    assertEquals((0.1 + 0.9 / 2) * 1e-4, both.rate(60, 0, 10), 1e-12);
    assertEquals(0.1 * 1e-4, both.rate(109, 9, 10), 1e-8);
    assertTrue(both.rate(109, 9, 10) > 0.1 * 1e-4);
  }
}
