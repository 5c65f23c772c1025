/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

/** An operation that {@link Recording} cannot record; the message names it, as a noun. */
public final class UnrecordableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the operation.
   *
   * @param operation such as {@code the operation 'cumsum'}
   */
  public UnrecordableException(String operation) {
    super(operation);
  }
}
