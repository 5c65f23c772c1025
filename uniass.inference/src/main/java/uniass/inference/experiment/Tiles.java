/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.Optional;

/** What tiles may be, in experiments and on the command line. */
public final class Tiles {

  private static final int SMALLEST = 32;
  private static final int LARGEST = 16384;
  private static final int STEP = 16;

  private Tiles() {}

  /**
   * Says what is wrong with tiles, in one line that says how to fix it.
   *
   * @param size height and width
   * @param overlap pixels that neighbors share
   */
  public static Optional<String> wrong(int size, int overlap) {
    if (size < SMALLEST || size > LARGEST || size % STEP != 0) {
      return Optional.of(
          "the size of tiles must be a multiple of %d from %d to %d, not %d"
              .formatted(STEP, SMALLEST, LARGEST, size));
    }
    if (overlap < 0 || overlap > size / 2) {
      return Optional.of(
          "tiles of %d pixels overlap by 0 to %d, not by %d".formatted(size, size / 2, overlap));
    }
    return Optional.empty();
  }
}
