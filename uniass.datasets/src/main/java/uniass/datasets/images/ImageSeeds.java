/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.Random;
import uniass.tensor.Seeds;

/**
 * Random numbers that depend on a seed and a place only. {@link Random}'s algorithm is part of
 * Java's specification, so that equal seeds give equal training sets on every machine.
 */
final class ImageSeeds {

  private ImageSeeds() {}

  /** A generator for one place, such as an epoch and a position in it. */
  static Random at(long seed, long epoch, long position) {
    return new Random(Seeds.next(Seeds.next(Seeds.next(seed) + epoch) + position));
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
}
