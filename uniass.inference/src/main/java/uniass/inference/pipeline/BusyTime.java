/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.util.Locale;
import java.util.function.Supplier;

/** How much of the time goes into the network's operations, and not into what surrounds them. */
public final class BusyTime {

  private long start = System.nanoTime();
  private long inside;

  /** Begins anew. */
  public void restart() {
    start = System.nanoTime();
    inside = 0;
  }

  /** Does work of the network. */
  public <T> T in(Supplier<T> work) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      inside += System.nanoTime() - begin;
    }
  }

  /** The share since the beginning, in words: {@code 97.5 % of 12.3 s}. */
  public String share() {
    long all = Math.max(1, System.nanoTime() - start);
    return String.format(Locale.ROOT, "%.1f %% of %.1f s", 100.0 * inside / all, all / 1e9);
  }
}
