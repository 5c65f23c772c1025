/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.gateway.http.HttpRequest;
import uniass.gateway.http.HttpResponse;

/** A request that an endpoint answers. */
final class Exchange {

  private static final Bodies SMALL = new Bodies(64 << 10, 4 << 20, 10);

  private final HttpRequest request;
  private final HttpResponse response;
  private final Role role;
  private Map<String, String> variables = Map.of();
  private Map<String, String> query = Map.of();

  /** Begins an exchange with somebody of a role. */
  Exchange(HttpRequest request, HttpResponse response, Role role) {
    this.request = request;
    this.response = response;
    this.role = role;
  }

  /**
   * Reads the address.
   *
   * @param parts those of the path that the endpoint's template names
   * @param known the names that the query may have
   */
  Exchange with(Map<String, String> parts, List<String> known) throws Problem {
    variables = parts;
    query = query(request.query(), known);
    return this;
  }

  Role role() {
    return role;
  }

  private static Map<String, String> query(String text, List<String> known) throws Problem {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!known.contains(name)) {
        throw new Problem(
            400,
            "Unknown parameter",
            "'%s' is not a parameter here; parameters: %s"
                .formatted(
                    uniass.api.Problem.shown(name),
                    known.isEmpty() ? "none" : String.join(", ", known)));
      }
      query.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return query;
  }

  private static String decoded(String text) throws Problem {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "Malformed address", "the query has a '%' without two digits");
    }
  }

  String variable(String name) {
    return variables.get(name);
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A whole number of the query, within bounds. */
  int query(String name, int otherwise, int most) throws Problem {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Problem(400, "Wrong parameter", "%s is a number from 1 to %d".formatted(name, most));
  }

  Optional<String> header(String name) {
    return request.header(name);
  }

  /** Reads the body; closing it makes room for others. */
  Bodies.Body body(Bodies bodies) throws Problem, IOException {
    return bodies.read(request.body(), header("Content-Length").orElse("0"));
  }

  /** The body as it comes. */
  InputStream body() throws IOException {
    return request.body();
  }

  /** Reads a body that is one JSON object with known keys. */
  JsonObject json(List<String> known) throws Problem, IOException {
    String text;
    try (Bodies.Body body = body(SMALL)) {
      text = new String(body.bytes(), StandardCharsets.UTF_8);
    }
    JsonElement element;
    try {
      element = JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new Problem(400, "Malformed body", "the body is not JSON");
    }
    if (!element.isJsonObject()) {
      throw new Problem(400, "Malformed body", "the body is not a JSON object");
    }
    for (String key : element.getAsJsonObject().keySet()) {
      if (!known.contains(key)) {
        throw new Problem(
            400,
            "Unknown field",
            "'%s' is not a field here; fields: %s"
                .formatted(uniass.api.Problem.shown(key), String.join(", ", known)));
      }
    }
    return element.getAsJsonObject();
  }

  void answer(String type, byte[] body) throws IOException {
    answer(200, type, body);
  }

  void answer(int status, String type, byte[] body) throws IOException {
    begin(status, type);
    response.header("Content-Length", String.valueOf(body.length));
    if (!request.method().equals("HEAD")) {
      try (OutputStream out = response.body()) {
        out.write(body);
      }
    }
  }

  void json(int status, JsonElement json) throws IOException {
    answer(status, "application/json", (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Begins an answer of unknown length. */
  OutputStream stream(String type) throws IOException {
    begin(200, type);
    return response.body();
  }

  static void answer(HttpRequest request, HttpResponse response, Problem problem)
      throws IOException {
    problem.headers().forEach(response::header);
    new Exchange(request, response, Role.NOBODY)
        .answer(
            problem.status(),
            "application/problem+json",
            (problem.json() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void begin(int status, String type) {
    response.status(status);
    response.header("Content-Type", type);
  }
}
