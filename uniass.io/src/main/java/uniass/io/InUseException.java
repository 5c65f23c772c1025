/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import uniass.api.UniassException;

/** Another run holds what this one wants to write to. */
public final class InUseException extends UniassException {

  private static final long serialVersionUID = 1L;

  InUseException(String message) {
    super(message);
  }
}
