/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the key space into ranges of a bounded number of anomalous pixels each, so that each fits
 * into memory. A single key with more than that makes a range of its own.
 */
public final class KeyRanges {

  private static final int BINS = 1 << 16;
  private static final int PIECE = 1 << 16;

  private final KeyStore anomalous;
  private final Spans spans;
  private final long most;
  private final List<KeyRange> ranges = new ArrayList<>();
  private long held;
  private long start = Integer.MIN_VALUE;

  private KeyRanges(KeyStore anomalous, Spans spans, long most) {
    this.anomalous = anomalous;
    this.spans = spans;
    this.most = most;
  }

  /** The ranges, ascending; together they hold all keys. */
  public static List<KeyRange> cut(KeyStore anomalous, Spans spans, long most) {
    if (spans.total() / 2 <= most) {
      return List.of(KeyRange.ALL);
    }
    KeyRanges cutter = new KeyRanges(anomalous, spans, most);
    cutter.walk();
    return cutter.ranges;
  }

  private void walk() {
    long[] coarse = histogram(KeyRange.ALL, 16);
    for (int bin = 0; bin < BINS; bin++) {
      long low = Integer.MIN_VALUE + ((long) bin << 16);
      if (coarse[bin] <= most) {
        pass(coarse[bin], low);
      } else {
        long[] fine = histogram(new KeyRange((int) low, (int) (low + BINS - 1)), 0);
        for (int key = 0; key < BINS; key++) {
          pass(fine[key], low + key);
        }
      }
    }
    cutBefore(1L + Integer.MAX_VALUE);
  }

  private void pass(long count, long low) {
    if (held > 0 && held + count > most) {
      cutBefore(low);
    }
    held += count;
  }

  private void cutBefore(long end) {
    ranges.add(new KeyRange((int) start, (int) (end - 1)));
    start = end;
    held = 0;
  }

  private long[] histogram(KeyRange range, int shift) {
    long[] counts = new long[BINS];
    KeyStore.Reader reader = anomalous.reader();
    int[] pairs = new int[PIECE];
    spans.rewind();
    for (Spans.Span s = spans.take(PIECE); s != null; s = spans.take(PIECE)) {
      int n = (int) s.length();
      reader.read(s.from(), pairs, 0, n);
      for (int i = 0; i < n; i += 2) {
        if (range.holds(pairs[i])) {
          counts[(int) ((long) pairs[i] - range.low() >>> shift)]++;
        }
      }
    }
    return counts;
  }
}
