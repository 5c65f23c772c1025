/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api;

/**
 * An error that a user can fix. Its message is one line that says what is wrong, where, and how to
 * fix it; commands print it without a stack trace.
 */
public class UniassException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the error with its line. */
  public UniassException(String message) {
    super(message);
  }

  /** Creates the error with its line and what caused it, which only {@code --debug} shows. */
  public UniassException(String message, Throwable cause) {
    super(message, cause);
  }
}
