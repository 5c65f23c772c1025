/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import uniass.api.UniassException;
import uniass.gateway.station.Proposal;
import uniass.gateway.station.Recalibration;
import uniass.gateway.station.Station;
import uniass.gateway.station.StationRegistry;
import uniass.gateway.store.ThresholdVersion;

/** What is asked about thresholds that are found at the line. */
final class RecalibrationEndpoints {

  private static final int USUAL = 200;
  private static final int MOST = 1000;
  private static final String IMAGES = "images";

  private final StationRegistry stations;
  private final Recalibration recalibration;

  RecalibrationEndpoints(StationRegistry stations, Recalibration recalibration) {
    this.stations = stations;
    this.recalibration = recalibration;
  }

  List<Endpoint> all() {
    return List.of(
        new Endpoint(
            "GET",
            "/stations/{name}/recalibration",
            Role.VIEW,
            "Proposes a threshold from images confirmed as good, and says what it would change",
            Map.of(IMAGES, "how many of the last such images count, 1 to 1000; default 200"),
            Map.of(
                404, "No station has this name",
                409, "No image is confirmed as good"),
            "application/json",
            this::propose),
        ModelEndpoints.post(
            "/stations/{name}/recalibration",
            "Applies the threshold that was proposed, as a new version",
            exchange ->
                exchange.receiveJson(List.of("threshold", IMAGES), body -> apply(exchange, body))),
        ModelEndpoints.post(
            "/stations/{name}/recalibration/rollback",
            "Goes back to the threshold before, at last the model's own",
            exchange -> ModelEndpoints.act(stations, exchange, recalibration::rollBack)));
  }

  private void propose(Exchange exchange) throws Problem, IOException {
    Station station = ModelEndpoints.station(stations, exchange);
    int images = exchange.query(IMAGES, USUAL, MOST);
    try {
      exchange.json(
          200, json(recalibration.propose(station, images), recalibration.versions(station)));
    } catch (UniassException e) {
      throw ModelEndpoints.impossible(e.getMessage());
    }
  }

  private void apply(Exchange exchange, JsonObject body) throws Problem, IOException {
    double threshold = number(body, "threshold");
    int images = body.has(IMAGES) ? (int) number(body, IMAGES) : USUAL;
    if (images < 1 || images > MOST) {
      throw new Problem(400, "Wrong field", "images is a number from 1 to " + MOST);
    }
    ModelEndpoints.act(
        stations, exchange, station -> recalibration.apply(station, images, threshold));
  }

  private static double number(JsonObject body, String name) throws Problem {
    JsonElement value = body.get(name);
    try {
      return value.getAsDouble();
    } catch (NullPointerException | NumberFormatException | UnsupportedOperationException e) {
      throw new Problem(400, "Wrong field", name + " is a number, as the proposal has it");
    }
  }

  private static JsonObject json(Proposal proposal, List<ThresholdVersion> versions) {
    JsonObject json = new JsonObject();
    json.addProperty("model", proposal.model());
    proposal.threshold().ifPresent(now -> json.addProperty("threshold", now));
    json.addProperty("threshold-version", proposal.version());
    json.addProperty("proposed", proposal.proposed());
    json.addProperty(IMAGES, proposal.images());
    json.addProperty("left-out", proposal.leftOut());
    json.addProperty("promise", proposal.promise());
    json.add("now-anomalous", ids(proposal.nowAnomalous()));
    json.add("now-normal", ids(proposal.nowNormal()));
    json.addProperty("missed", proposal.missed());
    json.addProperty("missed-caught", proposal.missedCaught());
    JsonArray before = new JsonArray();
    for (ThresholdVersion version : versions) {
      JsonObject one = new JsonObject();
      one.addProperty("version", version.version());
      one.addProperty("threshold", version.value());
      one.addProperty(IMAGES, version.images());
      one.addProperty("applied", version.applied());
      one.addProperty("promise", version.promise());
      before.add(one);
    }
    json.add("versions", before);
    return json;
  }

  private static JsonArray ids(List<String> ids) {
    JsonArray array = new JsonArray();
    ids.forEach(array::add);
    return array;
  }
}
