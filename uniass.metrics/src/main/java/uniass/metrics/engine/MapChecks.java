package uniass.metrics.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import uniass.api.UniassException;
import uniass.api.metric.ScoredPicture;

/** Refuses maps and masks that figures would be meaningless for. */
final class MapChecks {

  private static final int EXPONENT = 0x7f800000;
  private static final long ONES = 0x0101010101010101L;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private MapChecks() {}

  /**
   * Checks sizes, that scores are finite and masks binary.
   *
   * @return number of anomalous pixels, 0 without a mask
   */
  static long check(ScoredPicture picture) {
    int pixels = picture.height() * picture.width();
    if (pixels == 0 || picture.map().length != pixels) {
      throw new UniassException(
          "the map of "
              + picture.path()
              + " has "
              + picture.map().length
              + " values for "
              + picture.height()
              + " x "
              + picture.width()
              + " pixels");
    }
    finite("the map of " + picture.path(), picture.width(), picture.map());
    if (picture.mask() == null) {
      return 0;
    }
    if (picture.mask().length != pixels) {
      throw new UniassException(
          "the mask of "
              + picture.path()
              + " has "
              + picture.mask().length
              + " values for "
              + picture.height()
              + " x "
              + picture.width()
              + " pixels");
    }
    return anomalies(picture);
  }

  /** Checks that all scores are finite; the error begins with {@code what}. */
  static void finite(String what, int width, float[] map) {
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

  private static long anomalies(ScoredPicture picture) {
    byte[] mask = picture.mask();
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
                + picture.path()
                + " is not binary: "
                + (mask[i] & 0xff)
                + " at row "
                + i / picture.width()
                + ", column "
                + i % picture.width()
                + "; apply the rule set's mask threshold first");
      }
    }
    return sum;
  }
}
