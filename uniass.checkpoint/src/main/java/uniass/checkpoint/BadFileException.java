/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;

/** A damaged or unsupported file; the caller puts the file's name before the message. */
final class BadFileException extends IOException {

  private static final long serialVersionUID = 1L;

  BadFileException(String message) {
    super(message);
  }

  BadFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
