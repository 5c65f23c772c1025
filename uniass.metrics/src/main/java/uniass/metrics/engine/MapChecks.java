/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Mask;
import uniass.api.metric.ScoredImage;

/** Refuses maps and masks that metric values would be meaningless for. */
final class MapChecks {

  private static final int EXPONENT = 0x7f800000;
  private static final long ONES = 0x0101010101010101L;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private MapChecks() {}

  /**
   * Checks that scores are finite, and that the mask is binary and of the map's size.
   *
   * @return number of anomalous pixels, 0 without a mask
   */
  static long check(ScoredImage image) {
    AnomalyMap map = image.map();
    finite("the map of " + image.path(), map);
    if (image.mask().isEmpty()) {
      return 0;
    }
    Mask mask = image.mask().get();
    if (!mask.fits(map)) {
      throw new UniassException(
          "the mask of %s is %d x %d pixels, but its map is %d x %d"
              .formatted(image.path(), mask.height(), mask.width(), map.height(), map.width()));
    }
    return anomalies(image.path(), mask);
  }

  /** Checks that all scores are finite; the error begins with {@code what}. */
  static void finite(String what, AnomalyMap anomalyMap) {
    float[] map = anomalyMap.values();
    int width = anomalyMap.width();
    int largest = 0;
    for (float v : map) {
      largest = Math.max(largest, Float.floatToRawIntBits(v) & Integer.MAX_VALUE);
    }
    if (largest < EXPONENT) {
      return;
    }
    for (int i = 0; i < map.length; i++) {
      if (!Float.isFinite(map[i])) {
        throw new UniassException(
            what
                + " holds "
                + map[i]
                + " at row "
                + i / width
                + ", column "
                + i % width
                + "; scores must be finite");
      }
    }
  }

  private static long anomalies(String path, Mask anomalous) {
    byte[] mask = anomalous.values();
    long sum = 0;
    long union = 0;
    int words = mask.length & -Long.BYTES;
    for (int i = 0; i < words; i += Long.BYTES) {
      long eight = (long) WORDS.get(mask, i);
      sum += Long.bitCount(eight);
      union |= eight;
    }
    for (int i = words; i < mask.length; i++) {
      sum += mask[i];
      union |= mask[i];
    }
    if ((union & ~ONES) == 0) {
      return sum;
    }
    for (int i = 0; i < mask.length; i++) {
      if ((mask[i] & ~1) != 0) {
        throw new UniassException(
            "the mask of "
                + path
                + " is not binary: "
                + (mask[i] & 0xff)
                + " at row "
                + i / anomalous.width()
                + ", column "
                + i % anomalous.width()
                + "; apply the rule set's mask threshold first");
      }
    }
    return sum;
  }
}
