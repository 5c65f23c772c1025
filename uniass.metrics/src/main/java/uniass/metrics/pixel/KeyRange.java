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
}
