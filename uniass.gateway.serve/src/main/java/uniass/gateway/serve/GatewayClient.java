/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** Asks a running gateway by its HTTP interface. */
final class GatewayClient {

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI base;
  private final Optional<String> token;

  GatewayClient(String gateway, Optional<Path> tokens) {
    try {
      base = URI.create(gateway.endsWith("/") ? gateway : gateway + "/").resolve("api/v1/");
    } catch (IllegalArgumentException e) {
      throw new UniassException("--gateway: '" + gateway + "' is not an address", e);
    }
    token = tokens.map(GatewayClient::token);
  }

  /** The last one: roles that may more stand further down. */
  private static String token(Path file) {
    try {
      List<String> lines =
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1).replaceFirst("^\\S+\\s+", "");
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  JsonObject get(String path) {
    return send(request(path).GET());
  }

  JsonObject post(String path, Optional<JsonObject> body) {
    BodyPublisher json =
        body.map(b -> BodyPublishers.ofString(b.toString())).orElseGet(BodyPublishers::noBody);
    return send(request(path).header("Content-Type", "application/json").POST(json));
  }

  JsonObject post(String path, Path file) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofFile(file)));
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
      token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
      return request;
    } catch (IllegalArgumentException e) {
      throw new UniassException("'" + path + "' cannot be asked for: " + e.getMessage(), e);
    }
  }

  private String words(int status, JsonObject answer) {
    if (status == 401) {
      return token.isEmpty()
          ? "the gateway wants to know who asks: give --token-file FILE, its token file"
          : "the gateway knows no such token; is --token-file the gateway's own, and was it there when the gateway started?";
    }
    String detail =
        answer.has("detail") ? answer.get("detail").getAsString() : "the gateway answers " + status;
    return status == 403 && token.isPresent()
        ? detail + "; the last token of --token-file is sent"
        : detail;
  }

  private JsonObject send(HttpRequest.Builder request) {
    HttpResponse<String> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UniassException(
          "no gateway answers at %s; start one with 'uniass serve', or give --gateway URL"
              .formatted(base),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UniassException("interrupted", e);
    }
    try {
      JsonObject answer = JsonParser.parseString(response.body()).getAsJsonObject();
      if (response.statusCode() != 200) {
        throw new UniassException(words(response.statusCode(), answer));
      }
      return answer;
    } catch (JsonParseException | IllegalStateException e) {
      throw new UniassException("%s is not a gateway's address".formatted(base), e);
    }
  }
}
