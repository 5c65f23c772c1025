/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura;

import java.util.Arrays;

/** Kura's exception; its message here is the code and the arguments. */
public class KuraException extends Exception {

  private static final long serialVersionUID = 1;

  private final KuraErrorCode code;

  /** With what the message has beside the code. */
  public KuraException(KuraErrorCode code, Object... arguments) {
    this(code, null, arguments);
  }

  /** With a cause. */
  public KuraException(KuraErrorCode code, Throwable cause, Object... arguments) {
    super(code + " " + Arrays.toString(arguments), cause);
    this.code = code;
  }

  /** What failed. */
  public KuraErrorCode getCode() {
    return code;
  }
}
