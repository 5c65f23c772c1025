/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;
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

  InspectEndpoint(Stations stations, Results results, Bodies bodies) {
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
    exchange.receive(bodies, body -> inspect(exchange, several ? type : "", body));
  }

  /**
   * Inspects.
   *
   * @param type what says where several images begin; empty for one
   */
  private void inspect(Exchange exchange, String type, byte[] body) throws Problem, IOException {
    String station = exchange.variable("name");
    try {
      if (type.isEmpty()) {
        answer(exchange, await(stations.submit(station, "the image", body)));
      } else {
        exchange.json(200, all(station, Multipart.parts(type, body)));
      }
    } catch (RefusedException e) {
      throw problem(e);
    }
  }

  private void answer(Exchange exchange, InspectionResult result) throws Problem, IOException {
    if (!exchange.header("Accept").orElse("").startsWith(PNG)) {
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

  /** What becomes of each image, in their order. */
  private JsonObject all(String station, List<byte[]> images) throws Problem {
    List<CompletableFuture<InspectionResult>> underWay = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      underWay.add(submit(station, i, images.get(i), underWay));
    }
    JsonArray array = new JsonArray();
    for (CompletableFuture<InspectionResult> future : underWay) {
      try {
        array.add(json(await(future)));
      } catch (RefusedException e) {
        array.add(JsonParser.parseString(problem(e).json()));
      }
    }
    JsonObject json = new JsonObject();
    json.add("results", array);
    return json;
  }

  /** Hands an image over; if the station is full of this request's own, waits for the oldest. */
  private CompletableFuture<InspectionResult> submit(
      String station, int number, byte[] image, List<CompletableFuture<InspectionResult>> before)
      throws Problem {
    while (true) {
      try {
        return stations.submit(station, "image " + (number + 1), image);
      } catch (RefusedException e) {
        if (e.reason() == Reason.UNKNOWN_STATION || e.reason() == Reason.NOT_READY) {
          throw e; // of all of them
        }
        var oldest = before.stream().filter(future -> !future.isDone()).findFirst();
        if (e.reason() != Reason.FULL || oldest.isEmpty()) {
          return CompletableFuture.failedFuture(e);
        }
        try {
          await(oldest.get());
        } catch (RefusedException other) {
          // said where its own answer is
        }
      }
    }
  }

  private static InspectionResult await(CompletableFuture<InspectionResult> future) throws Problem {
    try {
      return future.get(LONGEST_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new Problem(503, "Stopping", "the gateway stops");
    }
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
