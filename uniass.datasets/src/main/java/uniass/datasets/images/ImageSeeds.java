package uniass.datasets.images;

import java.util.Random;

/**
 * Random numbers that depend on a seed and a place only. {@link Random}'s algorithm is part of
 * Java's specification, so that equal seeds give equal training sets on every machine.
 */
final class ImageSeeds {

  private ImageSeeds() {}

  /** A generator for one place, such as an epoch and a position in it. */
  static Random at(long seed, long epoch, long position) {
    return new Random(mix(mix(mix(seed) + epoch) + position));
  }

  /** Shuffles (Fisher and Yates). */
  static void shuffle(int[] values, Random random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int spare = values[i];
      values[i] = values[j];
      values[j] = spare;
    }
  }

  /** The finalizer of MurmurHash3 on a Weyl sequence (SplitMix64), a bijection. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
