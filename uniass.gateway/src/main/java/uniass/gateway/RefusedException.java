/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.time.Duration;
import uniass.api.UniassException;

/** An image without a result; the message says why in one line. */
public final class RefusedException extends UniassException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final Duration retryAfter;

  /** Kinds of reasons. */
  public enum Reason {
    /** No station has this name. */
    UNKNOWN_STATION,
    /** The station's model is being opened, or could not be. */
    NOT_READY,
    /** The queue is full. */
    FULL,
    /** The image had to make room for a newer one. */
    DROPPED,
    /** The deadline passed before the image was inspected. */
    LATE,
    /** The bytes are not an image that can be read, or too large a one. */
    NOT_AN_IMAGE,
    /** Something unexpected. */
    FAILED
  }

  /** Trying again is in vain. */
  public RefusedException(Reason reason, String message) {
    this(reason, message, Duration.ZERO);
  }

  /**
   * Says when to try again.
   *
   * @param retryAfter when trying again makes sense; zero if never
   */
  public RefusedException(Reason reason, String message, Duration retryAfter) {
    super(message);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** The kind of reason. */
  public Reason reason() {
    return reason;
  }

  /** When trying again makes sense; zero if never. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
