/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uniass.gateway.StationStatus;
import uniass.gateway.Stations;

/** What is asked of stations. */
final class StationEndpoints {

  private final Stations stations;

  StationEndpoints(Stations stations) {
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

  private void list(Exchange exchange) throws IOException {
    JsonArray array = new JsonArray();
    stations.list().forEach(status -> array.add(json(status)));
    JsonObject json = new JsonObject();
    json.add("stations", array);
    exchange.json(200, json);
  }

  static JsonObject json(StationStatus status) {
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
    json.addProperty("queued", status.queued());
    json.addProperty("queue-length", status.queueLength());
    return json;
  }
}
