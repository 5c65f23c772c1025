/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api;

/**
 * Something wrong that was found before work started.
 *
 * @param severity whether work can go on
 * @param where the place: {@code line 12} of an experiment, or an image's path below the data set's
 *     root, with slashes
 * @param message what is wrong and how to fix it, in one line
 */
public record Problem(Severity severity, String where, String message) {

  /** How bad it is. */
  public enum Severity {
    /** Work cannot start. */
    ERROR,
    /** Work can start, and the user should know. */
    WARNING
  }

  /** An error. */
  public static Problem error(String where, String message) {
    return new Problem(Severity.ERROR, where, message);
  }

  /** A warning. */
  public static Problem warning(String where, String message) {
    return new Problem(Severity.WARNING, where, message);
  }

  /** One line, whatever characters a file's name has. */
  @Override
  public String toString() {
    return shown(where.isEmpty() ? message : where + ": " + message);
  }

  /**
   * A name or text from a file as messages show it: on one line, without characters that control or
   * hide something.
   */
  public static String shown(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
  }
}
