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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import uniass.gateway.http.BodyReceiver;
import uniass.gateway.http.HttpRequest;

/** A request that an endpoint answers. */
final class Exchange {

  private final HttpRequest request;
  private final Reply reply;
  private final Bodies small;
  private final Role role;
  private Map<String, String> variables = Map.of();
  private Map<String, String> query = Map.of();

  /**
   * Begins an exchange with somebody of a role.
   *
   * @param small keeps bodies of JSON
   */
  Exchange(HttpRequest request, Reply reply, Bodies small, Role role) {
    this.request = request;
    this.reply = reply;
    this.small = small;
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

  /** What is done when a body has come. */
  @FunctionalInterface
  interface Received<T> {
    void handle(T body) throws Problem, IOException;
  }

  /** What is begun when a body has come; done once it can be answered. */
  @FunctionalInterface
  interface Begun {
    CompletableFuture<Reply.Step> begin(byte[] body) throws Problem, IOException;
  }

  /**
   * Receives the body, begins something with it, and answers when that is done; no thread waits for
   * any of it. Meanwhile the body takes its room.
   */
  void receive(Bodies bodies, Begun then) throws Problem, IOException {
    request.receive(new Receiver(bodies.begin(header("Content-Length").orElse("0")), then));
  }

  /** The body as it comes; it holds a thread. */
  InputStream body() throws IOException {
    return request.body();
  }

  /** Receives a body that is one JSON object with known keys. */
  void receiveJson(List<String> known, Received<JsonObject> then) throws Problem, IOException {
    receive(small, body -> CompletableFuture.completedFuture(() -> then.handle(json(body, known))));
  }

  private static JsonObject json(byte[] body, List<String> known) throws Problem {
    String text = new String(body, StandardCharsets.UTF_8);
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

  void answer(String type, byte[] body) throws Problem, IOException {
    reply.send(200, type, body);
  }

  void json(int status, JsonElement json) throws Problem, IOException {
    reply.send(status, "application/json", (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sets a header of the answer. */
  Exchange set(String name, String value) {
    reply.header(name, value);
    return this;
  }

  /** Begins an answer of unknown length. */
  OutputStream stream(String type) throws IOException {
    return reply.stream(type);
  }

  /** Keeps a body until it is whole and what was begun with it is done. */
  private final class Receiver implements BodyReceiver {

    private final Bodies.Body body;
    private final Begun then;

    /** Whether nothing more is received. */
    private boolean ended;

    Receiver(Bodies.Body body, Begun then) {
      this.body = body;
      this.then = then;
    }

    @Override
    public boolean take(byte[] bytes, int length) {
      if (!ended && !reply.guard(() -> body.add(bytes, length))) {
        ended = true;
        body.close();
      }
      return !ended;
    }

    @Override
    public void whole() {
      if (!ended) {
        ended = true;
        boolean isBegun =
            reply.guard(() -> then.begin(body.bytes()).whenComplete((answer, none) -> end(answer)));
        if (!isBegun) {
          body.close();
        }
      }
    }

    private void end(Reply.Step answer) {
      reply.guard(answer);
      body.close();
    }

    @Override
    public void failed(Throwable why) {
      if (!ended) {
        ended = true;
        body.close();
        reply.guard(
            () -> {
              throw why instanceof TimeoutException || why.getCause() instanceof TimeoutException
                  ? Bodies.tooSlow()
                  : new Problem(400, "Incomplete body", "the body ended before it was whole")
                      .with("Connection", "close"); // whoever sends may still read
            });
      }
    }
  }
}
