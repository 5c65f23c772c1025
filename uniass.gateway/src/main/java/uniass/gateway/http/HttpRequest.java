/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A request, as a server's adapter hands it over. */
@ConsumerType
public interface HttpRequest {

  /** The method, in capital letters. */
  String method();

  /** The path below {@link HttpFront#PATH}, decoded: empty, or beginning with a slash. */
  String path();

  /** The query without its question mark, not decoded; empty if there is none. */
  String query();

  /** The first header of a name. */
  Optional<String> header(String name);

  /** The address at which the client reached the server, such as 127.0.0.1. */
  String serverAddress();

  /** The body, for a reader that waits for what has not come; it holds a thread. */
  InputStream body() throws IOException;

  /**
   * Hands the body over as it comes, and returns at once: no thread waits for a slow client. The
   * receiver answers, or whoever it tells.
   */
  void receive(BodyReceiver receiver) throws IOException;
}
