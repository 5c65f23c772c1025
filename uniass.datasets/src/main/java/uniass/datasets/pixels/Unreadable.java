/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/** Why an image's bytes cannot be decoded; the message completes "NAME: ". */
final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  Unreadable(String reason) {
    super(reason);
  }

  Unreadable(String reason, Throwable cause) {
    super(reason, cause);
  }
}
