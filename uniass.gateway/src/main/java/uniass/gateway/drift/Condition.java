/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.drift;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How a station's images are.
 *
 * @param state the state
 * @param detail why it is not {@code ok}; what cannot be known, if that is so; may be empty
 * @param scores number of the last scores that were compared
 * @param distance Kolmogorov-Smirnov distance, 0 to 1, between those scores and the calibration's;
 *     empty if there are too few scores, or none to compare with
 * @param confidence that the scores differ at all: 1 - p of the two-sample test
 */
public record Condition(
    State state, String detail, int scores, OptionalDouble distance, OptionalDouble confidence) {

  /** Of a station that does not inspect. */
  public static Condition unknown() {
    return new Condition(
        State.UNKNOWN,
        "the station does not inspect",
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** States. */
  public enum State {
    /** No images are inspected. */
    UNKNOWN,
    /** As in training, as far as one can know. */
    OK,
    /** Images or scores differ from those of the training. */
    DRIFTING,
    /** Images are black, blurred, or always the same. */
    BROKEN_CAMERA;

    /** As JSON and people have it: {@code broken camera}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
