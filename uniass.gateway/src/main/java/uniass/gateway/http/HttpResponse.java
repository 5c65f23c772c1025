/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.http;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A response, as a server's adapter takes it: status and headers first, then the body. Where the
 * request's body was received, any thread may give it, one of them, at any time after.
 */
@ConsumerType
public interface HttpResponse {

  /** Sets the status. */
  void status(int code);

  /** Sets a header. */
  void header(String name, String value);

  /**
   * Answers with a whole body, and returns at once: no thread waits for a client that is slow to
   * read.
   *
   * @param body nobody changes it until it is sent
   * @param ended runs once: when all is sent, or the client is gone
   * @throws IOException if the client is gone already
   */
  void send(byte[] body, Runnable ended) throws IOException;

  /** Begins a body that has no end, for a writer that waits for its reader; it holds a thread. */
  OutputStream body() throws IOException;
}
