/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import java.util.Arrays;

/** Average precision over the pixels of one image: how well its defect stands out from the rest. */
final class ImageAveragePrecision {

  private ImageAveragePrecision() {}

  /**
   * Computes the step-wise average precision; ties count as one threshold. Beside the map it needs
   * memory for the anomalous pixels only.
   *
   * @return NaN without an anomalous pixel
   */
  static double of(float[] map, byte[] mask) {
    float[] anomalous = mask == null ? new float[0] : anomalous(map, mask);
    if (anomalous.length == 0) {
      return Double.NaN;
    }
    // scores of normal pixels between one anomalous score and the next, by the lower one's place
    int[] normal = new int[anomalous.length];
    for (int i = 0; i < map.length; i++) {
      if (mask[i] == 0) {
        int place = last(anomalous, map[i]);
        if (place >= 0) {
          normal[place]++;
        }
      }
    }
    double sum = 0;
    long seen = 0;
    for (int i = anomalous.length - 1; i >= 0; ) {
      float score = anomalous[i];
      int above = anomalous.length - 1 - i;
      while (i >= 0 && anomalous[i] == score) {
        seen += 1 + normal[i];
        i--;
      }
      int found = anomalous.length - 1 - i;
      sum += (double) found / seen * (found - above);
    }
    return sum / anomalous.length;
  }

  /** The anomalous pixels' scores, ascending. */
  private static float[] anomalous(float[] map, byte[] mask) {
    int count = 0;
    for (byte value : mask) {
      count += value;
    }
    float[] scores = new float[count];
    for (int i = 0, o = 0; i < map.length; i++) {
      if (mask[i] != 0) {
        scores[o++] = map[i] + 0f; // one zero only, so that sorting and comparing agree
      }
    }
    Arrays.sort(scores);
    return scores;
  }

  /** Place of the last score that is not above a value, or -1. */
  private static int last(float[] scores, float value) {
    int low = 0;
    int high = scores.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scores[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
