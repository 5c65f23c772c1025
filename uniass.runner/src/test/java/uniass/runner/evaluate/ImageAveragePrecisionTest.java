/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ImageAveragePrecisionTest {

  @Test
  void isTheSumOverThresholdsOfPrecisionTimesGainedRecall() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      int size = 1 + random.nextInt(40);
      float[] map = new float[size];
      byte[] mask = new byte[size];
      int positives = 0;
      for (int i = 0; i < size; i++) {
        map[i] = random.nextInt(8) / 4f - 1 + (random.nextBoolean() ? 0f : -0f); // ties, signs
        mask[i] = (byte) random.nextInt(2);
        positives += mask[i];
      }
      assertEquals(expected(map, mask, positives), ImageAveragePrecision.of(map, mask), 1e-12);
    }
    assertEquals(Double.NaN, ImageAveragePrecision.of(new float[3], null));
  }

  private static double expected(float[] map, byte[] mask, int positives) {
    TreeSet<Float> thresholds = new TreeSet<>();
    for (float score : map) {
      thresholds.add(score + 0f);
    }
    double sum = 0;
    double before = 0;
    for (float threshold : thresholds.descendingSet()) {
      int found = 0;
      int seen = 0;
      for (int i = 0; i < map.length; i++) {
        found += map[i] >= threshold ? mask[i] : 0;
        seen += map[i] >= threshold ? 1 : 0;
      }
      sum += ((double) found / positives - before) * found / seen;
      before = (double) found / positives;
    }
    return positives == 0 ? Double.NaN : sum;
  }
}
