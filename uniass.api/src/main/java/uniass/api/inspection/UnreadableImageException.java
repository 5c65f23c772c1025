/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.nio.file.Path;
import uniass.api.UniassException;

/** A file that cannot be inspected: it is missing, damaged, too large or not an image. */
public final class UnreadableImageException extends UniassException {

  private static final long serialVersionUID = 1L;

  private final transient Path file;

  /**
   * Names the file.
   *
   * @param cause what is wrong, in one line
   */
  public UnreadableImageException(Path file, UniassException cause) {
    super(cause.getMessage(), cause);
    this.file = file;
  }

  /** The file. */
  public Path file() {
    return file;
  }
}
