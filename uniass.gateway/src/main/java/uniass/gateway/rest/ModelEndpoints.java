/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import uniass.api.UniassException;
import uniass.gateway.RefusedException;
import uniass.gateway.station.Comparison;
import uniass.gateway.station.ModelDesk;
import uniass.gateway.station.Station;
import uniass.gateway.station.StationRegistry;
import uniass.gateway.store.StoredModel;

/** What is asked of the model store, and which models stations use. */
final class ModelEndpoints {

  /** The largest model; the disk may be full before. */
  private static final long MOST_BYTES = 8L << 30;

  private static final long PATIENCE_MINUTES = 30;

  /** Each holds a thread. */
  private static final int MOST_AT_ONCE = 2;

  private static final String JSON = "application/json";
  private static final List<String> FIELDS = List.of("model");
  private static final Map<Integer, String> ANSWERS =
      Map.of(
          404, "No station has this name",
          409, "It cannot be done as things are; nothing has changed");

  private final StationRegistry stations;
  private final ModelDesk desk;
  private final Semaphore arrivals = new Semaphore(MOST_AT_ONCE);

  ModelEndpoints(StationRegistry stations) {
    this.stations = stations;
    this.desk = stations.desk();
  }

  List<Endpoint> all() {
    return List.of(
        new Endpoint(
            "GET", "/models", Role.VIEW, "Lists models", Map.of(), Map.of(), JSON, this::list),
        new Endpoint(
            "POST",
            "/models",
            Role.OPERATE,
            "Adds a model: the body is a .safetensors file, or a jar with one",
            Map.of(),
            Map.of(
                409, "There is no model store",
                413, "The body is too large",
                422, "It is not a model, fails its self-test, or has no signature that counts",
                429, "Two others are being received"),
            JSON,
            this::add),
        post(
            "/models/{model}/retire",
            "Takes a model out of use for good and deletes its file",
            this::retire),
        post(
            "/stations/{name}/activate",
            "Lets a station use another model from the next image on",
            exchange ->
                exchange.receiveJson(
                    FIELDS, body -> act(exchange, station -> desk.activate(station, model(body))))),
        post(
            "/stations/{name}/rollback",
            "Lets a station use again the model that it used before",
            exchange -> act(exchange, desk::rollBack)),
        new Endpoint(
            "GET",
            "/stations/{name}/shadow",
            Role.VIEW,
            "Compares the model in use with the one that sees the same images",
            Map.of(),
            ANSWERS,
            JSON,
            exchange -> exchange.json(200, comparison(station(exchange)))),
        post(
            "/stations/{name}/shadow",
            "Lets another model see the same images, at lower priority",
            exchange -> exchange.receiveJson(FIELDS, body -> shadow(exchange, model(body)))),
        post(
            "/stations/{name}/shadow/promote",
            "Lets a station use the model that saw the same images",
            exchange -> act(exchange, desk::promote)),
        post(
            "/stations/{name}/shadow/drop",
            "Ends the look of the other model",
            exchange -> act(exchange, desk::drop)));
  }

  static Endpoint post(String path, String summary, Endpoint.Handler handler) {
    return new Endpoint("POST", path, Role.OPERATE, summary, Map.of(), ANSWERS, JSON, handler);
  }

  private void list(Exchange exchange) throws Problem, IOException {
    JsonArray array = new JsonArray();
    desk.store().models().forEach(model -> array.add(json(model)));
    JsonObject json = new JsonObject();
    json.add("models", array);
    json.addProperty("kept", desk.store().isKept());
    exchange.json(200, json);
  }

  private JsonObject json(StoredModel model) {
    JsonObject json = new JsonObject();
    json.addProperty("model", model.reference());
    json.addProperty("name", model.name());
    json.addProperty("version", model.version());
    json.addProperty("checksum", model.checksum());
    json.addProperty("added", model.added());
    json.addProperty("signer", model.signer());
    json.addProperty("retired", model.retired());
    JsonArray active = new JsonArray();
    JsonArray shadow = new JsonArray();
    for (Station station : stations.stations()) {
      desk.store()
          .station(station.name())
          .ifPresent(
              uses -> {
                if (uses.active().equals(model.reference())) {
                  active.add(station.name());
                }
                if (uses.shadow().equals(model.reference())) {
                  shadow.add(station.name());
                }
              });
    }
    json.add("active", active);
    json.add("shadow", shadow);
    return json;
  }

  private void add(Exchange exchange) throws Problem, IOException {
    if (!desk.store().isKept()) {
      throw impossible("there is no model store: start the gateway with --state DIR");
    }
    if (!arrivals.tryAcquire()) {
      throw new Problem(
              429, "Too busy", "%d models are being received already".formatted(MOST_AT_ONCE))
          .with("Retry-After", "10")
          .with("Connection", "close");
    }
    try {
      InputStream body =
          new BoundedStream(
              exchange.body(), MOST_BYTES, TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES));
      exchange.json(200, json(desk.add(body::transferTo)));
    } catch (UniassException e) {
      throw new Problem(422, "Not accepted", e.getMessage()).with("Connection", "close");
    } finally {
      arrivals.release();
    }
  }

  private void retire(Exchange exchange) throws Problem, IOException {
    try {
      exchange.json(200, json(desk.retire(exchange.variable("model"))));
    } catch (UniassException e) {
      throw impossible(e.getMessage());
    }
  }

  private void shadow(Exchange exchange, String model) throws Problem, IOException {
    Station station = station(exchange);
    try {
      desk.shadow(station, model);
    } catch (UniassException e) {
      throw impossible(e.getMessage());
    }
    exchange.json(200, comparison(station));
  }

  /** What is done with a station. */
  interface Act {
    void on(Station station) throws Problem, IOException;
  }

  private void act(Exchange exchange, Act act) throws Problem, IOException {
    act(stations, exchange, act);
  }

  /** Does something with a station and answers how it does then. */
  static void act(StationRegistry stations, Exchange exchange, Act act)
      throws Problem, IOException {
    Station station = station(stations, exchange);
    try {
      act.on(station);
    } catch (UniassException e) {
      throw impossible(e.getMessage());
    }
    exchange.json(200, StationEndpoints.json(station, stations.desk().store()));
  }

  static Problem impossible(String why) {
    return new Problem(409, "Not possible", why);
  }

  private Station station(Exchange exchange) throws Problem {
    return station(stations, exchange);
  }

  static Station station(StationRegistry stations, Exchange exchange) throws Problem {
    try {
      return stations.station(exchange.variable("name"));
    } catch (RefusedException e) {
      throw new Problem(404, "Unknown station", e.getMessage());
    }
  }

  private static String model(JsonObject body) throws Problem {
    JsonElement model = body.get("model");
    if (model == null || !model.isJsonPrimitive()) {
      throw new Problem(400, "Wrong field", "model is a name with a version, such as bottles@2");
    }
    return model.getAsString();
  }

  private static JsonObject comparison(Station station) throws Problem {
    Comparison comparison =
        station
            .comparison()
            .orElseThrow(() -> impossible("no other model sees the images of this station"));
    JsonObject json = new JsonObject();
    json.addProperty("model", comparison.model());
    json.addProperty("skipped", comparison.skipped());
    JsonArray counts = new JsonArray();
    comparison
        .counts()
        .forEach(
            (verdicts, count) -> {
              JsonObject cell = new JsonObject();
              cell.addProperty("verdict", verdicts.substring(0, verdicts.indexOf('/')));
              cell.addProperty("shadow", verdicts.substring(verdicts.indexOf('/') + 1));
              cell.addProperty("images", count);
              counts.add(cell);
            });
    json.add("agreement", counts);
    JsonArray pairs = new JsonArray();
    JsonArray disagreements = new JsonArray();
    for (Comparison.Pair pair : comparison.pairs()) {
      JsonObject one = new JsonObject();
      one.addProperty("id", pair.id());
      one.addProperty("score", pair.score());
      one.addProperty("shadow-score", pair.shadowScore());
      pairs.add(one);
      if (!pair.agrees()) {
        disagreements.add(new JsonPrimitive(pair.id()));
      }
    }
    json.add("pairs", pairs);
    json.add("disagreements", disagreements);
    return json;
  }
}
