/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operation: what the router matches, what {@code openapi.json} says, and what runs.
 *
 * @param method HTTP's method
 * @param path its path below {@code /api/v1}; a part in braces is a variable
 * @param role who may call it
 * @param summary what it does
 * @param query the names that its query may have, with what they mean
 * @param answers statuses beside 200, with what they mean
 * @param type media type of its answer
 * @param handler answers
 */
record Endpoint(
    String method,
    String path,
    Role role,
    String summary,
    Map<String, String> query,
    Map<Integer, String> answers,
    String type,
    Handler handler) {

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    void handle(Exchange exchange) throws Problem, IOException;
  }

  /** The variables of a path that this endpoint's template matches. */
  Optional<Map<String, String>> match(String requested) {
    String[] wanted = path.split("/", -1);
    String[] parts = requested.split("/", -1);
    if (wanted.length != parts.length) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      if (wanted[i].startsWith("{") && !parts[i].isEmpty()) {
        variables.put(wanted[i].substring(1, wanted[i].length() - 1), parts[i]);
      } else if (!wanted[i].equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  List<String> queryNames() {
    return query.keySet().stream().sorted().toList();
  }
}
