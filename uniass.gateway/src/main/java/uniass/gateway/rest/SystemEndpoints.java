/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import uniass.gateway.SourceStatus;
import uniass.gateway.StationStatus.State;
import uniass.gateway.drift.Condition;
import uniass.gateway.results.ResultStore;
import uniass.gateway.results.SinkStatus;
import uniass.gateway.source.Sources;
import uniass.gateway.station.Station;
import uniass.gateway.station.StationRegistry;

/** What is asked about the gateway as a whole. */
final class SystemEndpoints {

  private final StationRegistry stations;
  private final ResultStore results;
  private final Sources sources;
  private final Metrics metrics;

  SystemEndpoints(StationRegistry stations, ResultStore results, Sources sources) {
    this.stations = stations;
    this.results = results;
    this.sources = sources;
    this.metrics = new Metrics(stations, results, sources);
  }

  List<Endpoint> all() {
    return List.of(
        new Endpoint(
            "GET",
            "/health",
            Role.NOBODY,
            "Says how the gateway does: up, degraded (not all of it works) or down",
            Map.of(),
            Map.of(503, "No station inspects"),
            "application/json",
            this::health),
        new Endpoint(
            "GET",
            "/metrics",
            Role.VIEW,
            "Answers metrics as OpenMetrics text",
            Map.of(),
            Map.of(),
            Metrics.TYPE,
            exchange ->
                exchange.answer(Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8))));
  }

  private void health(Exchange exchange) throws Problem, IOException {
    List<Station> all = stations.stations();
    List<SinkStatus> sinks = sources.sinks();
    List<SourceStatus> feeds = sources.list();
    boolean any = all.stream().anyMatch(SystemEndpoints::inspects);
    boolean whole =
        all.stream().allMatch(station -> inspects(station) && isOk(station))
            && results.failure().isEmpty()
            && sinks.stream().allMatch(sink -> sink.failure().isEmpty())
            && feeds.stream().allMatch(source -> source.failure().isEmpty());
    JsonObject json = new JsonObject();
    json.addProperty("status", !any ? "down" : whole ? "up" : "degraded");
    if (exchange.role() != Role.NOBODY) {
      JsonArray array = new JsonArray();
      all.forEach(station -> array.add(StationEndpoints.json(station, stations.desk().store())));
      json.add("stations", array);
      JsonArray sinkArray = new JsonArray();
      sinks.forEach(sink -> sinkArray.add(json(sink)));
      json.add("sinks", sinkArray);
      JsonArray sourceArray = new JsonArray();
      feeds.forEach(source -> sourceArray.add(json(source)));
      json.add("sources", sourceArray);
      json.addProperty("disk", results.failure().orElse(""));
    }
    exchange.json(any ? 200 : 503, json);
  }

  private static boolean inspects(Station station) {
    return station.status().state() == State.READY;
  }

  private static boolean isOk(Station station) {
    return station.condition().state() == Condition.State.OK;
  }

  private static JsonObject json(SinkStatus sink) {
    JsonObject json = new JsonObject();
    json.addProperty("name", sink.name());
    json.addProperty("delivered", sink.delivered());
    json.addProperty("dropped", sink.dropped());
    json.addProperty("waiting", sink.waiting());
    json.addProperty("failure", sink.failure());
    return json;
  }

  private static JsonObject json(SourceStatus source) {
    JsonObject json = new JsonObject();
    json.addProperty("name", source.name());
    json.addProperty("station", source.station());
    json.addProperty("inspected", source.inspected());
    json.addProperty("failed", source.failed());
    json.addProperty("failure", source.failure());
    json.addProperty("last-error", source.lastError());
    source.lastErrorTime().ifPresent(time -> json.addProperty("last-error-time", time.toString()));
    return json;
  }
}
