/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.List;
import java.util.Optional;

/**
 * The size of a network's input.
 *
 * @param height in pixels, a multiple of 16 from 32 to 4096
 * @param width likewise
 */
public record ImageSize(int height, int width) {

  /** What is allowed, in words. */
  static final String EXPECTED =
      "a multiple of 16 from 32 to 4096, or two of them: [height, width]";

  /** Reads one number, or two; empty if they are not allowed. */
  static Optional<ImageSize> of(Located given) {
    List<Located> sides = given.isList() ? given.items() : List.of(given, given);
    boolean good =
        sides.size() == 2
            && sides.stream()
                .allMatch(s -> s.value() instanceof Long l && l >= 32 && l <= 4096 && l % 16 == 0);
    return good
        ? Optional.of(new ImageSize(side(sides.get(0)), side(sides.get(1))))
        : Optional.empty();
  }

  private static int side(Located given) {
    return ((Long) given.value()).intValue();
  }

  /** A square one. */
  static ImageSize square(int side) {
    return new ImageSize(side, side);
  }
}
