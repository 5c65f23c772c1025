/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.Results.Feedback;
import uniass.gateway.results.ResultStore;

/** What is asked about results. */
final class ResultEndpoints {

  private static final String PNG = "image/png";
  private static final int MOST = 1000;
  private static final int MOST_LISTENERS = 32;
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final ResultStore results;
  private final Semaphore listeners = new Semaphore(MOST_LISTENERS);

  ResultEndpoints(ResultStore results) {
    this.results = results;
  }

  List<Endpoint> all() {
    return List.of(
        new Endpoint(
            "GET",
            "/results",
            Role.VIEW,
            "Lists results, the oldest first: the newest ones, or those after another",
            Map.of(
                "since", "id of a result: only later ones, beginning with the next",
                "limit", "how many at most, 1 to 1000; default 100"),
            Map.of(),
            "application/json",
            this::list),
        get("/results/{id}", "Answers a result", "application/json", this::one),
        get("/results/{id}/heatmap", "Draws the anomaly map in colors", PNG, this::heatMap),
        get("/results/{id}/mask", "Draws the anomalous pixels, white on black", PNG, this::mask),
        get("/results/{id}/overlay", "Draws the heat map over the image", PNG, this::overlay),
        get("/results/{id}/image", "Answers the image as it came", "image/*", this::image),
        new Endpoint(
            "POST",
            "/results/{id}/feedback",
            Role.INSPECT,
            "Keeps what a person says of a result: {\"feedback\": \"good\"}, or \"missed\"",
            Map.of(),
            Map.of(404, "The result is not kept any more"),
            "application/json",
            exchange -> exchange.receiveJson(List.of("feedback"), body -> judge(exchange, body))),
        new Endpoint(
            "GET",
            "/events",
            Role.VIEW,
            "Sends results as server-sent events, as they come",
            Map.of("since", "id of a result: begin with the next; default: with the next to come"),
            Map.of(503, "Too many listen"),
            "text/event-stream",
            this::events));
  }

  private static Endpoint get(String path, String summary, String type, Endpoint.Handler handler) {
    return new Endpoint(
        "GET",
        path,
        Role.VIEW,
        summary,
        Map.of(),
        Map.of(404, "It is not kept, or not any more"),
        type,
        handler);
  }

  private void list(Exchange exchange) throws Problem, IOException {
    int limit = exchange.query("limit", 100, MOST);
    List<InspectionResult> found =
        exchange
            .query("since")
            .map(since -> results.after(since, limit))
            .orElseGet(() -> results.latest(limit));
    JsonArray array = new JsonArray();
    found.forEach(result -> array.add(json(result)));
    JsonObject json = new JsonObject();
    json.add("results", array);
    exchange.json(200, json);
  }

  private JsonElement json(InspectionResult result) {
    JsonObject json = JsonParser.parseString(result.json()).getAsJsonObject();
    results
        .feedback(result.id())
        .ifPresent(said -> json.addProperty("feedback", said.name().toLowerCase(Locale.ROOT)));
    return json;
  }

  private InspectionResult find(Exchange exchange) throws Problem {
    return results
        .find(exchange.variable("id"))
        .orElseThrow(
            () -> new Problem(404, "Unknown result", "the result is not kept, or never was"));
  }

  private Evidence evidence(Exchange exchange) throws Problem {
    InspectionResult result = find(exchange);
    return results
        .evidence(result.id())
        .orElseThrow(
            () -> new Problem(404, "Not kept", "image and map of this result are not kept"));
  }

  private void one(Exchange exchange) throws Problem, IOException {
    exchange.json(200, json(find(exchange)));
  }

  private void heatMap(Exchange exchange) throws Problem, IOException {
    exchange.answer(PNG, evidence(exchange).heatMap());
  }

  private void mask(Exchange exchange) throws Problem, IOException {
    exchange.answer(
        PNG,
        evidence(exchange)
            .mask()
            .orElseThrow(
                () -> new Problem(404, "No mask", "the model has no threshold, so there is none")));
  }

  private void overlay(Exchange exchange) throws Problem, IOException {
    exchange.answer(PNG, evidence(exchange).overlay());
  }

  private void image(Exchange exchange) throws Problem, IOException {
    byte[] image = evidence(exchange).image();
    exchange.answer(ImageTypes.of(image), image);
  }

  private void judge(Exchange exchange, JsonObject body) throws Problem, IOException {
    InspectionResult result = find(exchange);
    JsonElement said = body.get("feedback");
    Feedback feedback =
        switch (said != null && said.isJsonPrimitive() ? said.getAsString() : "") {
          case "good" -> Feedback.GOOD;
          case "missed" -> Feedback.MISSED;
          default -> throw new Problem(400, "Wrong field", "feedback is 'good' or 'missed'");
        };
    results.judge(result.id(), feedback);
    exchange.json(200, json(result));
  }

  private void events(Exchange exchange) throws Problem, IOException {
    if (!listeners.tryAcquire()) {
      throw new Problem(503, "Too many listeners", "%d listen already".formatted(MOST_LISTENERS))
          .with("Retry-After", "10");
    }
    try {
      String last =
          exchange
              .query("since")
              .or(() -> exchange.header("Last-Event-ID"))
              .orElseGet(
                  () ->
                      results.latest(1).stream().map(InspectionResult::id).findFirst().orElse(""));
      send(exchange.stream("text/event-stream"), last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.release();
    }
  }

  private void send(OutputStream out, String after) throws IOException, InterruptedException {
    String last = after;
    out.write(": results follow\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    while (!results.isClosed()) {
      StringBuilder text = new StringBuilder();
      for (InspectionResult result : results.awaitAfter(last, HEARTBEAT_MILLIS)) {
        last = result.id();
        text.append("id: %s\nevent: result\ndata: %s\n\n".formatted(last, json(result)));
      }
      String block = text.isEmpty() ? ": still here\n\n" : text.toString();
      out.write(block.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
