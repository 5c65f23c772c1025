/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.http;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;

/** A response, as a server's adapter takes it: status and headers first, then the body. */
@ConsumerType
public interface HttpResponse {

  /** Sets the status. */
  void status(int code);

  /** Sets a header. */
  void header(String name, String value);

  /** Begins the body. */
  OutputStream body() throws IOException;
}
