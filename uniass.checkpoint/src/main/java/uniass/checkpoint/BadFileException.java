package uniass.checkpoint;

import java.io.IOException;

/** A file that is not what it should be; the message leaves the file's name to the caller. */
final class BadFileException extends IOException {

  private static final long serialVersionUID = 1L;

  BadFileException(String message) {
    super(message);
  }

  BadFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
