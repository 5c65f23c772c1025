/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import uniass.gateway.RefusedException;
import uniass.gateway.station.ConditionEvents;
import uniass.gateway.testing.Gateway;
import uniass.gateway.testing.TinyModel;

/** Models, shadows and thresholds by the HTTP interface, over real models and a real disk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelsFrontTest {

  private final TinyModel models = new TinyModel();

  /** Calls all images anomalous. */
  private Path strict;

  /** Calls all images normal. */
  private byte[] lax;

  private byte[] wrong;
  private Path state;
  private Gateway gateway;
  private Front front;

  /** Whether an operation is tested here. */
  static boolean isOfModels(String path, String method) {
    return path.matches("/models/.*|.*/(activate|rollback|shadow.*|recalibration.*)")
        || path.equals("/models") && method.equals("post");
  }

  @BeforeAll
  void write(@TempDir Path shared) throws Exception {
    strict = models.writeTested(shared.resolve("strict.safetensors"), 1e-9, true);
    lax = Files.readAllBytes(models.writeTested(shared.resolve("lax.safetensors"), 1e9, true));
    wrong = Files.readAllBytes(models.writeTested(shared.resolve("wrong.safetensors"), 1, false));
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    state = folder.resolve("state");
    open();
  }

  private void open() throws Exception {
    gateway = new Gateway(models, Map.of("state", state.toString()));
    gateway.station("line3", strict, Map.of());
    front =
        new Front(
            gateway.stations(),
            gateway.results(),
            gateway.recalibration(),
            gateway.sources(),
            gateway.settings());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void restart() throws Exception {
    gateway.close();
    open();
  }

  private JsonObject get(String address) throws IOException {
    return ok(Call.get(address), address, "get");
  }

  private JsonObject post(String address, String json) throws IOException {
    return ok(Call.post(address, json.getBytes(StandardCharsets.UTF_8)), address, "post");
  }

  /** What is answered must be what the interface's description says. */
  private JsonObject ok(Call call, String address, String method) throws IOException {
    assertEquals(200, call.answeredBy(front).status(), call.text());
    JsonObject api = Call.get("/openapi.json").answeredBy(front).json();
    String path =
        address
            .replaceAll("\\?.*", "")
            .replace("line3", "{name}")
            .replaceAll("tiny@\\d", "{model}");
    JsonObject schema =
        api.getAsJsonObject("paths")
            .getAsJsonObject(path)
            .getAsJsonObject(method)
            .getAsJsonObject("responses")
            .getAsJsonObject("200")
            .getAsJsonObject("content")
            .getAsJsonObject("application/json")
            .getAsJsonObject("schema");
    new Schemas(api.getAsJsonObject("components").getAsJsonObject("schemas"))
        .check(schema, call.json(), address);
    return call.json();
  }

  private void refused(int status, String words, String address, String body) throws IOException {
    Call call = Call.post(address, body.getBytes(StandardCharsets.UTF_8)).answeredBy(front);
    assertEquals(status, call.status(), call.text());
    assertTrue(call.json().get("detail").getAsString().contains(words), call.text());
  }

  private JsonObject add(byte[] model) throws IOException {
    return ok(Call.post("/models", model), "/models", "post");
  }

  private JsonObject inspected(int number) throws IOException {
    Call call = Call.post("/stations/line3/inspect", TinyModel.image(number)).answeredBy(front);
    assertEquals(200, call.status(), call.text());
    return call.json();
  }

  private static String version(JsonObject withModel) {
    return withModel.getAsJsonObject("model").get("version").getAsString();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(state.resolve("models"))) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void modelsAreAddedActivatedRolledBackAndRetired() throws Exception {
    assertEquals("1", version(inspected(1)));
    assertEquals("tiny@2", add(lax).get("model").getAsString());
    assertEquals("tiny@2", add(lax).get("model").getAsString(), "the same file is the same model");
    JsonObject station = post("/stations/line3/activate", "{\"model\": \"tiny@2\"}");
    assertEquals("2", version(station));
    JsonObject result = inspected(1);
    assertEquals("2", version(result));
    assertEquals("normal", result.get("verdict").getAsString());
    refused(409, "in use: station line3", "/models/tiny@2/retire", "");
    restart();
    assertEquals("2", version(inspected(1)), "what was activated outlives the process");
    assertEquals("1", version(post("/stations/line3/rollback", "")));
    assertEquals("anomalous", inspected(1).get("verdict").getAsString());
    refused(409, "no other model", "/stations/line3/rollback", "");
    assertTrue(post("/models/tiny@2/retire", "").get("retired").getAsBoolean());
    refused(409, "there is no model 'tiny@2'; models: tiny@1", "/models/tiny@2/retire", "");
    refused(409, "no model", "/stations/line3/activate", "{\"model\": \"tiny@2\"}");
    refused(400, "model is a name", "/stations/line3/activate", "{}");
    refused(404, "no station", "/stations/line9/rollback", "");
    assertEquals(2, files().size(), files().toString());
    assertEquals("tiny@3", add(lax).get("model").getAsString());
    assertEquals(3, get("/models").getAsJsonArray("models").size());
  }

  @Test
  void whatIsNotAModelOrComputesSomethingElseIsRefused() throws Exception {
    List<String> before = files();
    refused(422, "", "/models", "not a model");
    Call call = Call.post("/models", wrong).answeredBy(front);
    assertEquals(422, call.status());
    assertTrue(call.text().contains("fails its self-test"), call.text());
    assertEquals(before, files());
    assertEquals("1", version(inspected(1)));
  }

  @Test
  void aConfigurationThatChangesWins(@TempDir Path folder) throws Exception {
    add(lax);
    post("/stations/line3/activate", "{\"model\": \"tiny@2\"}");
    gateway.close();
    gateway = new Gateway(models, Map.of("state", state.toString()));
    Path other = models.writeTested(folder.resolve("other.safetensors"), 2e9, true);
    gateway.station("line3", other, Map.of());
    assertEquals("3", gateway.stations().list().get(0).model().orElseThrow().version());
  }

  @Test
  void theStoreStandsInForAFileThatIsGone(@TempDir Path folder) throws Exception {
    gateway.close();
    Path own = Files.copy(strict, folder.resolve("own.safetensors"));
    for (int i = 0; i < 2; i++) {
      gateway = new Gateway(models, Map.of("state", state.toString()));
      gateway.station("line3", own, Map.of()); // another name of the same model, then gone
      assertEquals("1", gateway.stations().list().get(0).model().orElseThrow().version());
      gateway.close();
      Files.deleteIfExists(own);
    }
    gateway = new Gateway(models, Map.of("state", state.toString()));
    gateway.station("line3", folder.resolve("never.safetensors"), Map.of());
    assertTrue(gateway.stations().list().get(0).detail().contains("there is no file"));
  }

  @Test
  void theStoreStandsInForAFileThatIsDamaged(@TempDir Path folder) throws Exception {
    gateway.close();
    Path own = folder.resolve("own.safetensors");
    byte[] whole = Files.readAllBytes(strict);
    List<byte[]> contents = List.of(whole, Arrays.copyOf(whole, whole.length / 2), wrong, whole);
    for (byte[] content : contents) { // good, cut off, computing something else, good again
      Files.write(own, content);
      gateway = new Gateway(models, Map.of("state", state.toString()));
      gateway.station("line3", own, Map.of());
      assertEquals("1", gateway.stations().list().get(0).model().orElseThrow().version());
      assertEquals(2, files().size(), "store.json and the good one: " + files());
      gateway.close();
    }
    Files.write(own, wrong);
    Path another = folder.resolve("other.safetensors");
    Files.move(own, another);
    gateway = new Gateway(models, Map.of("state", state.toString()));
    gateway.station("line3", another, Map.of());
    String detail = gateway.stations().list().get(0).detail();
    assertTrue(detail.contains("self-test"), "another file was asked for: " + detail);
    assertEquals(2, files().size(), files().toString());
  }

  @Test
  void aModelWhoseFileIsDamagedGivesWayToTheOneBefore() throws Exception {
    JsonObject added = add(lax);
    post("/stations/line3/activate", "{\"model\": \"tiny@2\"}");
    gateway.close();
    Files.writeString(
        state.resolve("models/" + added.get("checksum").getAsString() + ".safetensors"), "gone");
    open();
    assertEquals("1", version(inspected(1)));
    assertEquals("tiny@1", gateway.stations().desk().store().station("line3").get().active());
  }

  @Test
  void imagesInWorkEndOnTheModelBefore() throws Exception {
    add(lax);
    var all = new ArrayList<CompletableFuture<?>>();
    Thread sender =
        new Thread(
            () -> {
              for (int i = 0; i < 60; i++) {
                try {
                  all.add(gateway.stations().submit("line3", "x", TinyModel.image(i)));
                  Thread.sleep(1);
                } catch (RefusedException e) {
                  assertEquals(RefusedException.Reason.FULL, e.reason());
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    sender.start();
    post("/stations/line3/activate", "{\"model\": \"tiny@2\"}");
    post("/stations/line3/rollback", "");
    post("/stations/line3/activate", "{\"model\": \"tiny@2\"}");
    sender.join();
    for (var one : all) {
      one.get(1, TimeUnit.MINUTES);
    }
    gateway
        .results()
        .latest(100)
        .forEach(
            r ->
                assertEquals(
                    r.model().version().equals("1") ? 1e-9 : 1e9,
                    r.threshold().orElseThrow(),
                    "each verdict is by the threshold of the model that scored"));
  }

  @Test
  void anotherModelSeesTheSameImages() throws Exception {
    add(lax);
    refused(409, "is the model in use", "/stations/line3/shadow", "{\"model\": \"tiny@1\"}");
    refused(409, "no other model", "/stations/line3/shadow/promote", "");
    post("/stations/line3/shadow", "{\"model\": \"tiny@2\"}");
    assertEquals("tiny@2", get("/stations/line3/shadow").get("model").getAsString());
    for (int i = 0; i < 3; i++) {
      String id = inspected(i).get("id").getAsString();
      while (get("/stations/line3/shadow").getAsJsonArray("pairs").size() <= i) {
        Thread.sleep(5);
      }
      assertEquals(200, Call.get("/results/" + id + "/image").answeredBy(front).status());
    }
    restart();
    while (Call.get("/stations/line3/shadow").answeredBy(front).status() != 200) {
      Thread.sleep(5); // it is opened after the model in use
    }
    JsonObject shadow = get("/stations/line3/shadow");
    JsonObject cell = shadow.getAsJsonArray("agreement").get(0).getAsJsonObject();
    assertEquals("{\"verdict\":\"anomalous\",\"shadow\":\"normal\",\"images\":3}", cell.toString());
    assertEquals(3, shadow.getAsJsonArray("disagreements").size());
    JsonElement pair = shadow.getAsJsonArray("pairs").get(2);
    assertEquals(pair.getAsJsonObject().get("score"), pair.getAsJsonObject().get("shadow-score"));
    refused(409, "in use", "/models/tiny@2/retire", "");
    assertEquals("2", version(post("/stations/line3/shadow/promote", "")));
    refused(409, "no other model", "/stations/line3/shadow/drop", "");
    post("/stations/line3/shadow", "{\"model\": \"tiny@1\"}");
    assertFalse(post("/stations/line3/shadow/drop", "").has("shadow"));
    assertEquals("normal", inspected(4).get("verdict").getAsString());
  }

  @Test
  void thresholdsAreFoundAtTheLineAndTakenBack() throws Exception {
    Call none = Call.get("/stations/line3/recalibration").answeredBy(front);
    assertEquals(409, none.status());
    double highest = 0;
    for (int i = 0; i < 9; i++) {
      JsonObject result = inspected(i);
      highest = Math.max(highest, result.get("score").getAsDouble());
      String feedback = "/results/" + result.get("id").getAsString() + "/feedback";
      Call.post(feedback, "{\"feedback\": \"good\"}".getBytes(StandardCharsets.UTF_8))
          .answeredBy(front);
    }
    inspected(1);
    JsonObject proposal = get("/stations/line3/recalibration?images=100");
    assertEquals(9, proposal.get("images").getAsInt());
    assertEquals(1e-9, proposal.get("threshold").getAsDouble());
    double proposed = proposal.get("proposed").getAsDouble();
    assertTrue(proposed > highest && proposed < highest * 1.001, proposal.toString());
    assertEquals(10, proposal.getAsJsonArray("now-normal").size());
    refused(409, "look at the proposal", "/stations/line3/recalibration", "{\"threshold\": 0.123}");
    refused(400, "threshold is a number", "/stations/line3/recalibration", "{}");
    String apply = "{\"images\": 100, \"threshold\": %s}".formatted(proposal.get("proposed"));
    assertEquals(
        1, post("/stations/line3/recalibration", apply).get("threshold-version").getAsInt());
    assertEquals("normal", inspected(1).get("verdict").getAsString());
    restart();
    JsonObject result = inspected(1);
    assertEquals("normal", result.get("verdict").getAsString());
    assertEquals(proposed, result.get("threshold").getAsDouble());
    // those of another model are looked at again
    add(lax);
    post("/stations/line3/activate", "{\"model\": \"tiny@2\"}");
    JsonObject other = get("/stations/line3/recalibration");
    assertEquals(9, other.get("images").getAsInt());
    assertEquals(proposed, other.get("proposed").getAsDouble(), 1e-12);
    post("/stations/line3/rollback", "");
    assertEquals(
        0, post("/stations/line3/recalibration/rollback", "").get("threshold-version").getAsInt());
    assertEquals("anomalous", inspected(1).get("verdict").getAsString());
    refused(409, "own threshold", "/stations/line3/recalibration/rollback", "");
  }

  @Test
  void aDeadCameraIsSeen() throws Exception {
    byte[] same = TinyModel.image(1);
    String state = "";
    for (int i = 0; i < 25; i++) {
      assertEquals(200, Call.post("/stations/line3/inspect", same).answeredBy(front).status());
      state = condition();
      assertEquals(i < 19 ? "ok" : "broken camera", state);
    }
    JsonObject health = Call.get("/health").answeredBy(front).json();
    assertEquals("degraded", health.get("status").getAsString());
    String metrics = Call.get("/metrics").answeredBy(front).text();
    assertTrue(
        metrics.contains("uniass_condition{station=\"line3\",condition=\"broken camera\"} 1\n"),
        metrics);
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    ConditionEvents watcher = new ConditionEvents(gateway.stations(), admin(events));
    Event event = events.take();
    watcher.stop();
    assertEquals("uniass/condition/line3", event.getTopic());
    assertEquals("broken camera", event.getProperty("condition"));
    inspected(2);
    assertEquals("ok", condition());
  }

  private static EventAdmin admin(BlockingQueue<Event> events) {
    return new EventAdmin() {
      @Override
      public void postEvent(Event event) {
        events.add(event);
      }

      @Override
      public void sendEvent(Event event) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private String condition() throws IOException {
    return Call.get("/stations")
        .answeredBy(front)
        .json()
        .getAsJsonArray("stations")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("condition")
        .get("state")
        .getAsString();
  }
}
