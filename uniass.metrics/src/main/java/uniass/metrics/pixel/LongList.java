package uniass.metrics.pixel;

import java.util.Arrays;

/** A growing list of longs. */
final class LongList {

  private long[] values;
  private int size;

  LongList(int expected) {
    values = new long[expected];
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(16, size + (size >> 1)));
    }
    values[size++] = value;
  }

  /** Gives its values up, trimmed and sorted by their upper halves. */
  long[] sortedByUpper() {
    long[] trimmed = size == values.length ? values : Arrays.copyOf(values, size);
    values = new long[0];
    return new Radix().sortByUpper(trimmed, new long[size], size);
  }
}
