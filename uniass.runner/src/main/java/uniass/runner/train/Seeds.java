package uniass.runner.train;

/** Derives seeds that have nothing to do with each other. */
final class Seeds {

  private Seeds() {}

  /** The seed of a numbered thing of a run (SplitMix64's finalizer over both). */
  static long of(long seed, long number) {
    long z = seed * 0x9E3779B97F4A7C15L + number + 0x632BE59BD9B4E019L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
