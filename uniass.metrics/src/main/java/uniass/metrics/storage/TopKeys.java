/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.Arrays;

/** The largest keys of several stretches of a store. */
public final class TopKeys {

  private static final int PIECE = 1 << 16;

  private final int wanted;
  private int[] kept = new int[0];

  private TopKeys(int wanted) {
    this.wanted = wanted;
  }

  /** Finds the largest keys, ascending; all if there are not that many. */
  public static int[] find(KeyStore store, Spans spans, int wanted, int threads) {
    TopKeys top = new TopKeys(wanted);
    spans.rewind();
    Parallel.run(threads, () -> top.work(store.reader(), spans));
    return top.kept;
  }

  private void work(KeyStore.Reader reader, Spans spans) {
    int[] piece = new int[PIECE];
    int[] candidates = new int[2 * wanted + PIECE];
    int n = 0;
    int floor = Integer.MIN_VALUE;
    for (Spans.Span s = spans.take(PIECE); s != null; s = spans.take(PIECE)) {
      int length = (int) s.length();
      reader.read(s.from(), piece, 0, length);
      for (int i = 0; i < length; i++) {
        candidates[n] = piece[i];
        n += piece[i] >= floor ? 1 : 0;
      }
      if (n >= 2 * wanted) {
        int[] best = best(candidates, n);
        System.arraycopy(best, 0, candidates, 0, wanted);
        n = wanted;
        floor = candidates[0];
      }
    }
    add(candidates, n);
  }

  private synchronized void add(int[] candidates, int n) {
    int[] all = Arrays.copyOf(kept, kept.length + n);
    System.arraycopy(candidates, 0, all, kept.length, n);
    kept = best(all, all.length);
  }

  private int[] best(int[] keys, int n) {
    int[] sorted = new Radix().sort(Arrays.copyOf(keys, n), new int[n], n);
    return Arrays.copyOfRange(sorted, Math.max(0, n - wanted), n);
  }
}
