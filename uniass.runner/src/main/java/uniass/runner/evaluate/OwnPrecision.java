package uniass.runner.evaluate;

import java.util.Arrays;

/**
 * Average precision over the pixels of one picture: how well its defect stands out from the rest.
 */
final class OwnPrecision {

  private OwnPrecision() {}

  /**
   * Computes the step-wise average precision; ties count as one threshold.
   *
   * @return NaN without an anomalous pixel
   */
  static double of(float[] map, byte[] mask) {
    if (mask == null) {
      return Double.NaN;
    }
    int positives = 0;
    long[] keys = new long[map.length];
    for (int i = 0; i < map.length; i++) {
      positives += mask[i];
      int bits = Float.floatToIntBits(map[i]);
      // an order-preserving key, with the truth in the lowest bit
      long ordered = bits ^ ((bits >> 31) & 0x7fffffff);
      keys[i] = ordered << 1 | mask[i];
    }
    if (positives == 0) {
      return Double.NaN;
    }
    Arrays.sort(keys);
    double sum = 0;
    long found = 0;
    long seen = 0;
    for (int i = keys.length - 1; i >= 0; ) {
      long score = keys[i] >> 1;
      long foundHere = 0;
      while (i >= 0 && keys[i] >> 1 == score) {
        foundHere += keys[i] & 1;
        seen++;
        i--;
      }
      found += foundHere;
      sum += (double) found / seen * foundHere;
    }
    return sum / positives;
  }
}
