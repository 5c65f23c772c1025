/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import uniass.api.Problem;

/** Strings from files, made safe for a one-line message. */
final class Quoted {

  private static final int LONGEST = 120;

  private Quoted() {}

  /** The text in quotes, shortened, without control characters. */
  static String text(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return "'" + line(shown) + "'";
  }

  /** The text as one line. */
  static String line(String text) {
    return Problem.shown(text);
  }
}
