/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import uniass.api.UniassException;

/** A run ended before its time because someone or something stopped it; it can be resumed. */
public class RunStoppedException extends UniassException {

  private static final long serialVersionUID = 1L;

  /** Creates the error with its line, which names the cause and the checkpoint. */
  public RunStoppedException(String message) {
    super(message);
  }
}
