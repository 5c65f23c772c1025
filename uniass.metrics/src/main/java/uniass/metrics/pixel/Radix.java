package uniass.metrics.pixel;

import java.util.Arrays;

/** Least-significant-digit radix sorts: three passes of 11, 11 and 10 bits. */
public final class Radix {

  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;
  private static final int MASK = DIGITS - 1;

  private final int[] low = new int[DIGITS];
  private final int[] middle = new int[DIGITS];
  private final int[] high = new int[DIGITS];

  /**
   * Sorts ascending.
   *
   * @param keys the keys, from index 0 on; used as scratch
   * @param other scratch of the same length
   * @return the one of the two arrays that holds the result
   */
  public int[] sort(int[] keys, int[] other, int n) {
    Arrays.fill(low, 0);
    Arrays.fill(middle, 0);
    Arrays.fill(high, 0);
    for (int i = 0; i < n; i++) {
      int k = keys[i] ^ Integer.MIN_VALUE;
      low[k & MASK]++;
      middle[(k >>> BITS) & MASK]++;
      high[k >>> 2 * BITS]++;
    }
    int[] from = keys;
    int[] to = other;
    if (offsets(low, n)) {
      for (int i = 0; i < n; i++) {
        int k = from[i];
        to[low[k & MASK]++] = k;
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    if (offsets(middle, n)) {
      for (int i = 0; i < n; i++) {
        int k = from[i];
        to[middle[(k >>> BITS) & MASK]++] = k;
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    if (offsets(high, n)) {
      for (int i = 0; i < n; i++) {
        int k = from[i];
        to[high[(k ^ Integer.MIN_VALUE) >>> 2 * BITS]++] = k;
      }
      return to;
    }
    return from;
  }

  /**
   * Sorts ascending by the upper 32 bits, stably.
   *
   * @param pairs the pairs, from index 0 on; used as scratch
   * @param other scratch of the same length
   * @return the one of the two arrays that holds the result
   */
  long[] sortByUpper(long[] pairs, long[] other, int n) {
    long[] from = pairs;
    long[] to = other;
    for (int shift = 32; shift < 64; shift += BITS) {
      long flip = shift + BITS >= 64 ? Long.MIN_VALUE : 0;
      Arrays.fill(low, 0);
      for (int i = 0; i < n; i++) {
        low[(int) ((from[i] ^ flip) >>> shift) & MASK]++;
      }
      if (offsets(low, n)) {
        for (int i = 0; i < n; i++) {
          long p = from[i];
          to[low[(int) ((p ^ flip) >>> shift) & MASK]++] = p;
        }
        long[] swap = from;
        from = to;
        to = swap;
      }
    }
    return from;
  }

  /** Turns counts into offsets; false if all items share one digit and the pass can be left out. */
  private static boolean offsets(int[] counts, int n) {
    int sum = 0;
    for (int d = 0; d < counts.length; d++) {
      int count = counts[d];
      if (count == n) {
        return false;
      }
      counts[d] = sum;
      sum += count;
    }
    return true;
  }
}
