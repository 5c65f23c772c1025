/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uniass.gateway.StationStatus;
import uniass.gateway.drift.Condition;
import uniass.gateway.station.Station;
import uniass.gateway.station.StationRegistry;
import uniass.gateway.store.ModelStore;

/** What is asked of stations. */
final class StationEndpoints {

  private final StationRegistry stations;

  StationEndpoints(StationRegistry stations) {
    this.stations = stations;
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
            this::list));
  }

  private void list(Exchange exchange) throws Problem, IOException {
    JsonArray array = new JsonArray();
    stations.stations().forEach(station -> array.add(json(station, stations.desk().store())));
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
    json.add("condition", json(station.condition()));
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
}
