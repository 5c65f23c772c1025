package uniass.metrics.pixel;

/**
 * Keys from {@code low} to {@code high}, both included.
 *
 * @param low the lowest
 * @param high the highest
 */
record KeyRange(int low, int high) {

  static final KeyRange ALL = new KeyRange(Integer.MIN_VALUE, Integer.MAX_VALUE);

  boolean holds(int key) {
    return key >= low && key <= high;
  }

  /** Moves the keys of this range to the front of a stretch and returns their number. */
  int keep(int[] keys, int from, int n) {
    if (low == Integer.MIN_VALUE && high == Integer.MAX_VALUE) {
      return n;
    }
    int kept = from;
    for (int i = from; i < from + n; i++) {
      int key = keys[i];
      keys[kept] = key;
      kept += holds(key) ? 1 : 0;
    }
    return kept - from;
  }
}
