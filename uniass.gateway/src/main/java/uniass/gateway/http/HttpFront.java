/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.http;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Answers requests to {@code /uniass} and below. Thread-safe. */
@ProviderType
public interface HttpFront {

  /** Where the front is hosted. */
  String PATH = "/uniass";

  /** Why all requests are refused, such as a token file that cannot be read; empty if none is. */
  Optional<String> fault();

  /**
   * Answers a request; where a body is received first, this returns before it has come, and the
   * answer comes later, from another thread. Whatever is wrong with the request becomes an answer;
   * if the client is gone, nothing happens.
   */
  void answer(HttpRequest request, HttpResponse response);
}
