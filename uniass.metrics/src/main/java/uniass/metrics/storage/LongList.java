/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.Arrays;

/** A growing list of longs. */
public final class LongList {

  private long[] values;
  private int size;

  public LongList(int expected) {
    values = new long[expected];
  }

  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(16, size + (size >> 1)));
    }
    values[size++] = value;
  }

  /** Gives its values up, trimmed and sorted by their upper halves. */
  public long[] sortedByUpper() {
    long[] trimmed = size == values.length ? values : Arrays.copyOf(values, size);
    values = new long[0];
    return new Radix().sortByUpper(trimmed, new long[size], size);
  }
}
