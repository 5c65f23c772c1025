/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

/**
 * Derives seeds that have nothing to do with each other.
 *
 * <pre>{@code
 * Pass pass = Pass.training(Seeds.of(experimentSeed, batchNumber));
 * }</pre>
 */
public final class Seeds {

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** The seed of a numbered thing of a run. */
  public static long of(long seed, long number) {
    return mix(seed * GOLDEN_RATIO + number + 0x632BE59BD9B4E019L);
  }

  /** The seed that follows one: a bijection, as SplitMix64 has it. */
  public static long next(long seed) {
    return mix(seed + GOLDEN_RATIO);
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), a bijection in which every
   * bit depends on every other.
   */
  public static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
