/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.StationStatus;
import uniass.gateway.drift.Condition;
import uniass.gateway.station.Station;
import uniass.gateway.station.StationRegistry;
import uniass.gateway.store.ModelStore;

/** What is asked of stations. */
final class StationEndpoints {

  /** Stations have deadlines of their own, of at most an hour. */
  private static final long LONGEST_MINUTES = 61;

  private final StationRegistry stations;
  private final Bodies bodies;

  StationEndpoints(StationRegistry stations, Bodies bodies) {
    this.stations = stations;
    this.bodies = bodies;
  }

  List<Endpoint> all() {
    return List.of(
        new Endpoint(
            "GET",
            "/stations",
            Role.VIEW,
            "Lists the stations",
            Map.of(),
            Map.of(),
            "application/json",
            this::list),
        new Endpoint(
            "POST",
            "/stations/{name}/inspect",
            Role.INSPECT,
            "Inspects an image, whose file is the body, and answers the result",
            Map.of(),
            Map.of(
                404, "No station has this name",
                408, "The body came too slowly",
                413, "The body is too large",
                415, "The Content-Type is not an image's",
                422, "The body is not an image that can be read",
                429, "The queue is full; Retry-After says when to try again",
                503, "The station does not inspect",
                504, "The image was not inspected before the station's deadline"),
            "application/json",
            this::inspect));
  }

  private void list(Exchange exchange) throws IOException {
    JsonArray array = new JsonArray();
    stations
        .stations()
        .forEach(station -> array.add(json(station, stations.desk().store())));
    JsonObject json = new JsonObject();
    json.add("stations", array);
    exchange.json(200, json);
  }

  static JsonObject json(Station station, ModelStore store) {
    StationStatus status = station.status();
    JsonObject json = new JsonObject();
    json.addProperty("name", status.name());
    json.addProperty("state", status.state().name().toLowerCase(Locale.ROOT));
    json.addProperty("detail", status.detail());
    status
        .model()
        .ifPresent(
            model -> {
              JsonObject version = new JsonObject();
              version.addProperty("name", model.name());
              version.addProperty("version", model.version());
              version.addProperty("checksum", model.checksum());
              json.add("model", version);
            });
    status.category().ifPresent(category -> json.addProperty("category", category));
    status.threshold().ifPresent(threshold -> json.addProperty("threshold", threshold));
    json.addProperty("threshold-version", station.thresholdVersion());
    json.addProperty("queued", status.queued());
    json.addProperty("queue-length", status.queueLength());
    json.add("condition", json(station.watch().condition()));
    JsonArray previous = new JsonArray();
    store.station(station.name()).ifPresent(uses -> uses.previous().forEach(previous::add));
    json.add("previous", previous);
    station.comparison().ifPresent(other -> json.addProperty("shadow", other.model()));
    return json;
  }

  private static JsonObject json(Condition condition) {
    JsonObject json = new JsonObject();
    json.addProperty("state", condition.state().text());
    json.addProperty("detail", condition.detail());
    json.addProperty("scores", condition.scores());
    condition.distance().ifPresent(distance -> json.addProperty("distance", distance));
    condition.confidence().ifPresent(sure -> json.addProperty("confidence", sure));
    return json;
  }

  private void inspect(Exchange exchange) throws Problem, IOException {
    String type =
        exchange.header("Content-Type").orElse("application/octet-stream").toLowerCase(Locale.ROOT);
    if (!type.startsWith("image/")
        && !type.startsWith("application/octet-stream")
        // what curl --data-binary says of everything
        && !type.startsWith("application/x-www-form-urlencoded")) {
      throw new Problem(
          415, "Not an image", "Content-Type is not an image's; send image/png, image/jpeg, ...");
    }
    try (Bodies.Body body = exchange.body(bodies)) {
      InspectionResult result =
          stations
              .submit(exchange.variable("name"), "the image", body.bytes())
              .get(LONGEST_MINUTES, TimeUnit.MINUTES);
      exchange.json(200, JsonParser.parseString(result.json()));
    } catch (RefusedException e) {
      throw problem(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refusal) {
        throw problem(refusal);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new Problem(503, "Stopping", "the gateway stops");
    }
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
