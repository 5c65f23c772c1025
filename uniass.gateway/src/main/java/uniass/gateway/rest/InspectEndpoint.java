/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.Results;
import uniass.gateway.Stations;

/** Has a station inspect one image, or several. */
final class InspectEndpoint {

  /** Stations have deadlines of their own, of at most an hour. */
  private static final long LONGEST_MINUTES = 61;

  private static final String PNG = "image/png";

  private final Stations stations;
  private final Results results;
  private final Bodies bodies;
  private final Executor answering;

  /**
   * Prepares.
   *
   * @param answering draws and sends answers: threads that compute have other things to do
   */
  InspectEndpoint(Stations stations, Results results, Bodies bodies, Executor answering) {
    this.answering = answering;
    this.stations = stations;
    this.results = results;
    this.bodies = bodies;
  }

  Endpoint endpoint() {
    return new Endpoint(
        "POST",
        "/stations/{name}/inspect",
        Role.INSPECT,
        "Inspects an image, whose file is the body, and answers the result; with the header"
            + " 'Accept: image/png', the image with the heat map over it. Of a body of the type"
            + " multipart/form-data each part is an image; the answer then lists results, or"
            + " problems, in their order",
        Map.of(),
        Map.of(
            404, "No station has this name",
            406, "The station keeps no images, so none can be drawn",
            408, "The body came too slowly",
            413, "The body is too large, or has too many images",
            415, "The Content-Type is not an image's",
            422, "The body is not an image that can be read",
            429, "The queue is full; Retry-After says when to try again",
            503, "The station does not inspect",
            504, "The image was not inspected before the station's deadline"),
        "application/json",
        this::inspect);
  }

  private void inspect(Exchange exchange) throws Problem, IOException {
    String type = exchange.header("Content-Type").orElse("application/octet-stream");
    String kind = type.toLowerCase(Locale.ROOT);
    if (!kind.startsWith("image/")
        && !kind.startsWith(Multipart.TYPE)
        && !kind.startsWith("application/octet-stream")
        // what curl --data-binary says of everything
        && !kind.startsWith("application/x-www-form-urlencoded")) {
      throw new Problem(
          415, "Not an image", "Content-Type is not an image's; send image/png, image/jpeg, ...");
    }
    boolean several = kind.startsWith(Multipart.TYPE);
    String station = exchange.variable("name");
    boolean drawn = exchange.header("Accept").orElse("").startsWith(PNG);
    exchange.receive(
        bodies,
        body ->
            several
                ? all(exchange, station, Multipart.parts(type, body))
                : one(exchange, station, drawn, body));
  }

  private CompletableFuture<Reply.Step> one(
      Exchange exchange, String station, boolean drawn, byte[] image) throws Problem {
    CompletableFuture<InspectionResult> result;
    try {
      result = stations.submit(station, "the image", image);
    } catch (RefusedException e) {
      throw problem(e);
    }
    return then(result, found -> answer(exchange, drawn, found));
  }

  /** What becomes of each image, in their order. */
  private CompletableFuture<Reply.Step> all(
      Exchange exchange, String station, List<byte[]> images) {
    return then(
        new Several(stations, station, images, answering).begin(),
        done -> exchange.json(200, json(done)));
  }

  /** What is done with something that was awaited. */
  @FunctionalInterface
  private interface Use<T> {
    void of(T value) throws Problem, IOException;
  }

  private <T> CompletableFuture<Reply.Step> then(CompletableFuture<T> awaited, Use<T> use) {
    return awaited
        .copy() // what is too late for this answer is none of the station's business
        .orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES)
        .handleAsync(
            (value, failure) ->
                failure == null
                    ? () -> use.of(value)
                    : () -> {
                      throw problem(failure);
                    },
            answering);
  }

  private void answer(Exchange exchange, boolean drawn, InspectionResult result)
      throws Problem, IOException {
    if (!drawn) {
      exchange.json(200, json(result));
      return;
    }
    Evidence evidence =
        results
            .evidence(result.id())
            .orElseThrow(
                () -> new Problem(406, "Not kept", "the station keeps no image of this result"));
    exchange
        .set("Location", "/uniass/api/v1/results/" + result.id())
        .set("Uniass-Verdict", result.verdict().name().toLowerCase(Locale.ROOT))
        .answer(PNG, evidence.overlay());
  }

  private static JsonObject json(List<CompletableFuture<InspectionResult>> done) {
    JsonArray array = new JsonArray();
    for (CompletableFuture<InspectionResult> future : done) {
      try {
        array.add(json(future.join()));
      } catch (CompletionException e) {
        array.add(JsonParser.parseString(problem(e).json()));
      }
    }
    JsonObject json = new JsonObject();
    json.add("results", array);
    return json;
  }

  private static Problem problem(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RefusedException refusal) {
      return problem(refusal);
    }
    if (cause instanceof TimeoutException) {
      return new Problem(503, "Stopping", "the gateway stops");
    }
    throw new IllegalStateException(cause);
  }

  private static JsonElement json(InspectionResult result) {
    return JsonParser.parseString(result.json());
  }

  private static Problem problem(RefusedException refusal) {
    Problem problem =
        switch (refusal.reason()) {
          case UNKNOWN_STATION -> new Problem(404, "Unknown station", refusal.getMessage());
          case NOT_READY -> new Problem(503, "Not ready", refusal.getMessage());
          case FULL, DROPPED -> new Problem(429, "Too busy", refusal.getMessage());
          case LATE -> new Problem(504, "Late", refusal.getMessage());
          case NOT_AN_IMAGE -> new Problem(422, "Not an image", refusal.getMessage());
          case FAILED -> new Problem(500, "Failed", refusal.getMessage());
        };
    return refusal.retryAfter().isZero()
        ? problem
        : problem.with("Retry-After", String.valueOf(refusal.retryAfter().toSeconds()));
  }
}
