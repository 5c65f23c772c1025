/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.http;

import org.osgi.annotation.versioning.ProviderType;

/** Takes a request's body as it comes; called by one thread at a time. */
@ProviderType
public interface BodyReceiver {

  /**
   * Takes what has come.
   *
   * @param bytes belongs to the caller, who uses it again
   * @param length how many of them have come, at least one
   * @return false if no more is wanted, because the request is answered
   */
  boolean take(byte[] bytes, int length);

  /** All has come. */
  void whole();

  /**
   * No more will come.
   *
   * @param why a {@link java.util.concurrent.TimeoutException} if the client was silent for too
   *     long
   */
  void failed(Throwable why);
}
