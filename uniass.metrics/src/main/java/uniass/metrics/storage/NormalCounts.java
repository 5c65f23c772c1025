/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.Arrays;

/**
 * Counts how many normal keys lie between and beside given keys, the marks: blocks of normal keys
 * are radix-sorted within the cache and merged against them, several threads at once. Keys below
 * the lowest and above the highest mark need no sorting, and the others only the digits in which
 * marks differ.
 */
public final class NormalCounts {

  private static final int SMALLEST_BLOCK = 1 << 10;
  private static final int CACHE_BLOCK = 1 << 18;

  private final int[] marks;
  private final int m;
  private final long[] slots;
  private final KeyRange range;
  private final int lowest;
  private final int highest;
  private final int base;
  private final int bits;

  /**
   * For marks within a range.
   *
   * @param marks ascending distinct keys within the range, of which the first m count
   * @param range keys outside are passed over
   */
  public NormalCounts(int[] marks, int m, KeyRange range) {
    this.marks = marks;
    this.m = m;
    this.slots = new long[2 * m + 1];
    this.range = range;
    // Without marks all keys lie below.
    this.lowest = m == 0 ? Integer.MAX_VALUE : marks[0];
    this.highest = m == 0 ? Integer.MAX_VALUE : marks[m - 1];
    int span = highest - lowest;
    boolean wide = span < 0;
    this.base = wide ? 0 : lowest;
    this.bits = wide ? Integer.SIZE : Integer.SIZE - Integer.numberOfLeadingZeros(span);
  }

  /**
   * Counts, once.
   *
   * @param bytes memory for blocks
   * @return at 2 i the number of keys between mark i - 1 and mark i, at 2 i + 1 that equal to mark
   *     i
   */
  public long[] count(KeyStore normal, Spans spans, int threads, long bytes) {
    long most = Math.max(SMALLEST_BLOCK, bytes / threads / (2 * Integer.BYTES));
    // A block costs one walk over the marks, so many marks want large blocks.
    int block = (int) Math.min(Math.min(most, 1 << 28), Math.max(CACHE_BLOCK, 2L * m));
    spans.rewind();
    Parallel.run(threads, () -> work(normal.reader(), spans, block));
    return slots;
  }

  private void work(KeyStore.Reader reader, Spans spans, int block) {
    int[] keys = new int[block];
    int[] other = new int[block];
    Radix radix = new Radix();
    int n = 0;
    for (Spans.Span s = spans.take(block); s != null; s = spans.take(block - n)) {
      int length = (int) s.length();
      reader.read(s.from(), keys, n, length);
      n = keep(keys, n, length);
      if (n == block) {
        merge(radix.sort(keys, other, n, bits), n);
        n = 0;
      }
    }
    if (n > 0) {
      merge(radix.sort(keys, other, n, bits), n);
    }
  }

  /**
   * Moves the keys between the outermost marks to the front of a stretch, less the base, and counts
   * those outside.
   *
   * @return the index after the last one kept
   */
  private int keep(int[] keys, int from, int length) {
    int below = 0;
    int above = 0;
    int kept = from;
    for (int i = from; i < from + length; i++) {
      int key = keys[i];
      keys[kept] = key - base;
      kept += key >= lowest && key <= highest ? 1 : 0;
      below += key >= range.low() && key < lowest ? 1 : 0;
      above += key > highest && key <= range.high() ? 1 : 0;
    }
    addOutside(below, above);
    return kept;
  }

  private synchronized void addOutside(int below, int above) {
    slots[0] += below;
    slots[2 * m] += above;
  }

  private synchronized void merge(int[] sorted, int n) {
    int mark = 0;
    int i = 0;
    while (i < n) {
      int limit = marks[mark] - base;
      int from = i;
      while (i < n && sorted[i] < limit) {
        i++;
      }
      slots[2 * mark] += i - from;
      from = i;
      while (i < n && sorted[i] == limit) {
        i++;
      }
      slots[2 * mark + 1] += i - from;
      if (i < n) {
        mark = next(mark, sorted[i] + base);
      }
    }
  }

  /** The first mark from {@code mark + 1} on that is not below the key. */
  private int next(int mark, int key) {
    int at = mark + 1;
    int step = 1;
    while (at + step < m && marks[at + step] < key) {
      at += step;
      step <<= 1;
    }
    if (marks[at] >= key) {
      return at;
    }
    int found = Arrays.binarySearch(marks, at, Math.min(m, at + step + 1), key);
    return found >= 0 ? found : -found - 1;
  }
}
