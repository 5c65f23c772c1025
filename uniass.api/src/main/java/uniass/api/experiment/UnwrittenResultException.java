/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import uniass.api.UniassException;

/** The work was done, but some of its files could not be written: its result is not lost. */
public class UnwrittenResultException extends UniassException {

  private static final long serialVersionUID = 1L;

  private final transient Record result;

  /** Creates the error with the first write that failed, and what was computed nonetheless. */
  public UnwrittenResultException(UniassException failure, Record result) {
    super(failure.getMessage(), failure);
    this.result = result;
  }

  /**
   * What the method that threw this would have returned; its files are those that could be written.
   *
   * @param type that method's return type
   */
  public <R extends Record> R result(Class<R> type) {
    return type.cast(result);
  }
}
