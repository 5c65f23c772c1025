/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** An answer that is an error, as RFC 9457 has it. */
final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final transient Map<String, String> headers = new TreeMap<>();

  /**
   * An error.
   *
   * @param title the kind of error, always the same for the same kind
   * @param detail what is wrong this time, and how to fix it
   */
  Problem(int status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  Problem with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("title", title);
    json.addProperty("status", status);
    json.addProperty("detail", getMessage());
    return json.toString();
  }
}
