/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.Arrays;

/**
 * Least-significant-digit radix sorts: passes of 11, 11 and 10 bits for whole keys, and fewer,
 * wider ones where the keys are known to be small.
 */
public final class Radix {

  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;
  private static final int MASK = DIGITS - 1;

  /** Widest digit whose counters stay in the cache beside the keys. */
  private static final int WIDEST = 14;

  private final int[] low = new int[DIGITS];
  private final int[] middle = new int[DIGITS];
  private final int[] high = new int[DIGITS];
  private final int[] wideLow = new int[1 << WIDEST];
  private final int[] wideHigh = new int[1 << WIDEST];

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
   * Sorts ascending keys from 0 to 2^bits - 1.
   *
   * @param keys the keys, from index 0 on; used as scratch
   * @param other scratch of the same length
   * @return the one of the two arrays that holds the result
   */
  public int[] sort(int[] keys, int[] other, int n, int bits) {
    if (bits > 2 * WIDEST) {
      return sort(keys, other, n);
    }
    int lowBits = (bits + 1) / 2;
    int mask = (1 << lowBits) - 1;
    Arrays.fill(wideLow, 0, mask + 1, 0);
    Arrays.fill(wideHigh, 0, mask + 1, 0);
    for (int i = 0; i < n; i++) {
      int k = keys[i];
      wideLow[k & mask]++;
      wideHigh[k >>> lowBits]++;
    }
    int[] from = keys;
    int[] to = other;
    if (offsets(wideLow, n)) {
      for (int i = 0; i < n; i++) {
        int k = from[i];
        to[wideLow[k & mask]++] = k;
      }
      from = other;
      to = keys;
    }
    if (offsets(wideHigh, n)) {
      for (int i = 0; i < n; i++) {
        int k = from[i];
        to[wideHigh[k >>> lowBits]++] = k;
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
  public long[] sortByUpper(long[] pairs, long[] other, int n) {
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
    for (int d = 0; d < counts.length && sum < n; d++) {
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
