/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Describes the endpoints as OpenAPI 3.1, from what the router itself uses. */
final class OpenApi {

  private OpenApi() {}

  static JsonObject of(List<Endpoint> endpoints) {
    JsonObject info = new JsonObject();
    info.addProperty("title", "UniAS gateway");
    info.addProperty("version", "1.0.0");
    JsonObject server = new JsonObject();
    server.addProperty("url", "/uniass/api/v1");
    JsonArray servers = new JsonArray();
    servers.add(server);
    JsonObject paths = new JsonObject();
    for (Endpoint endpoint : endpoints) {
      if (!paths.has(endpoint.path())) {
        paths.add(endpoint.path(), new JsonObject());
      }
      paths
          .getAsJsonObject(endpoint.path())
          .add(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint));
    }
    JsonObject api = new JsonObject();
    api.addProperty("openapi", "3.1.0");
    api.add("info", info);
    api.add("servers", servers);
    api.add("paths", paths);
    api.add("components", components());
    return api;
  }

  private static JsonObject components() {
    try (InputStream in = OpenApi.class.getResourceAsStream("components.json")) {
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject operation(Endpoint endpoint) {
    JsonObject operation = new JsonObject();
    operation.addProperty("summary", endpoint.summary());
    operation.add("parameters", parameters(endpoint));
    body(endpoint).ifPresent(body -> operation.add("requestBody", body));
    JsonObject responses = new JsonObject();
    JsonObject good = content(endpoint.type(), schema(endpoint));
    if (isInspect(endpoint)) {
      with(good, "image/png", "");
    }
    good.addProperty("description", "Done");
    responses.add("200", good);
    new TreeMap<>(endpoint.answers())
        .forEach((status, meaning) -> responses.add(String.valueOf(status), problem(meaning)));
    if (endpoint.role() != Role.NOBODY) {
      responses.add("401", problem("A token of another role is needed, or any"));
      operation.add("security", JsonParser.parseString("[{\"token\": []}]"));
      operation.addProperty(
          "description", "Role: " + endpoint.role().name().toLowerCase(Locale.ROOT));
    }
    operation.add("responses", responses);
    return operation;
  }

  /** What a request brings. */
  private static Optional<JsonObject> body(Endpoint endpoint) {
    if (!endpoint.method().equals("POST")) {
      return Optional.empty();
    }
    return switch (endpoint.path()) {
      case "/stations/{name}/inspect" ->
          Optional.of(with(content("image/*", ""), Multipart.TYPE, ""));
      case "/models" -> Optional.of(content("application/octet-stream", ""));
      case "/results/{id}/feedback" -> Optional.of(content("application/json", "Feedback"));
      case "/stations/{name}/activate", "/stations/{name}/shadow" ->
          Optional.of(content("application/json", "ModelReference"));
      case "/stations/{name}/recalibration" ->
          Optional.of(content("application/json", "AppliedThreshold"));
      default -> Optional.empty();
    };
  }

  private static JsonArray parameters(Endpoint endpoint) {
    JsonArray parameters = new JsonArray();
    for (String part : endpoint.path().split("/")) {
      if (part.startsWith("{")) {
        JsonObject variable = parameter(part.substring(1, part.length() - 1), "path", "");
        variable.addProperty("required", true);
        parameters.add(variable);
      }
    }
    endpoint
        .queryNames()
        .forEach(name -> parameters.add(parameter(name, "query", endpoint.query().get(name))));
    return parameters;
  }

  private static JsonObject parameter(String name, String place, String description) {
    JsonObject schema = new JsonObject();
    schema.addProperty("type", "string");
    JsonObject parameter = new JsonObject();
    parameter.addProperty("name", name);
    parameter.addProperty("in", place);
    parameter.addProperty("description", description);
    parameter.add("schema", schema);
    return parameter;
  }

  /** The name of the schema of an answer in JSON. */
  private static String schema(Endpoint endpoint) {
    return switch (endpoint.path()) {
      case "/stations" -> "Stations";
      case "/results" -> "Results";
      case "/health" -> "Health";
      case "/stations/{name}/inspect", "/results/{id}", "/results/{id}/feedback" -> "Result";
      case "/models" -> endpoint.method().equals("GET") ? "Models" : "StoredModel";
      case "/models/{model}/retire" -> "StoredModel";
      case "/stations/{name}/shadow" -> "Shadow";
      case "/stations/{name}/recalibration" ->
          endpoint.method().equals("GET") ? "Proposal" : "Station";
      case "/stations/{name}/activate",
          "/stations/{name}/rollback",
          "/stations/{name}/shadow/promote",
          "/stations/{name}/shadow/drop",
          "/stations/{name}/recalibration/rollback" ->
          "Station";
      default -> "";
    };
  }

  private static boolean isInspect(Endpoint endpoint) {
    return endpoint.path().endsWith("/inspect");
  }

  private static JsonObject content(String type, String schema) {
    JsonObject content = new JsonObject();
    content.add("content", new JsonObject());
    return with(content, type, schema);
  }

  /** Adds a media type to some content. */
  private static JsonObject with(JsonObject content, String type, String schema) {
    JsonObject media = new JsonObject();
    if (!schema.isEmpty()) {
      JsonObject reference = new JsonObject();
      reference.addProperty("$ref", "#/components/schemas/" + schema);
      media.add("schema", reference);
    }
    content.getAsJsonObject("content").add(type, media);
    return content;
  }

  private static JsonObject problem(String meaning) {
    JsonObject problem = content("application/problem+json", "Problem");
    problem.addProperty("description", meaning);
    return problem;
  }
}
