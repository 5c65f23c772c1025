/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.ComponentServiceObjects;
import uniass.gateway.ImageSource;
import uniass.gateway.SourceReport;
import uniass.gateway.VerdictSink;
import uniass.gateway.http.BodyReceiver;
import uniass.gateway.http.HttpFront;
import uniass.gateway.http.HttpResponse;
import uniass.gateway.station.StationComponent;
import uniass.gateway.testing.Configs;
import uniass.gateway.testing.Gateway;
import uniass.gateway.testing.Services;
import uniass.gateway.testing.TinyModel;

/** The HTTP interface over a real model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontTest {

  private static final String INSPECT = "/stations/line3/inspect";
  private static final String VIEWER = "only-for-looking-at-it";
  private static final String INSPECTOR = "for-cameras-and-tests";
  private static final String OPERATOR = "for-those-who-may-all";

  private Path folder;
  private Gateway gateway;
  private HttpFront front;
  private HttpFront guarded;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    TinyModel models = new TinyModel();
    gateway = new Gateway(models, Map.of("megabytes", 1));
    Path model = models.write(folder.resolve("model.safetensors"), 1e-9, 1e9);
    gateway.station("line3", model, Map.of());
    gateway.station("line4", model, Map.of("category", "dots"));
    front =
        new Front(
            gateway.stations(),
            gateway.results(),
            gateway.recalibration(),
            gateway.sources(),
            gateway.settings());
    Path tokens = folder.resolve("tokens");
    Files.writeString(
        tokens,
        "# who may what\nview %s\ninspect %s\noperate %s\n".formatted(VIEWER, INSPECTOR, OPERATOR));
    guarded = front(tokens);
  }

  private HttpFront front(Path tokens) {
    return new Front(
        gateway.stations(),
        gateway.results(),
        gateway.recalibration(),
        gateway.sources(),
        Configs.gateway(Map.of("tokens", tokens.toString())));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private JsonObject inspected() throws IOException {
    Call call = Call.post(INSPECT, TinyModel.image(3)).with("Content-Type", "image/png");
    assertEquals(200, call.answeredBy(front).status(), call.text());
    return call.json();
  }

  private void refused(int status, String words, Call call) throws IOException {
    refused(status, words, call, front);
  }

  private static void refused(int status, String words, Call call, HttpFront by)
      throws IOException {
    assertEquals(status, call.answeredBy(by).status(), call.text());
    assertEquals("application/problem+json", call.received("Content-Type"));
    assertEquals(status, call.json().get("status").getAsInt());
    assertTrue(call.json().get("title").getAsString().length() > 2);
    assertTrue(call.json().get("detail").getAsString().contains(words), call.text());
  }

  @Test
  void aClientThatGoesAwayIsNoError() throws IOException {
    InputStream cut =
        new InputStream() {
          private int left = 10;

          @Override
          public int read() throws IOException {
            if (left == 0) {
              throw new IOException("Early EOF");
            }
            left--;
            return 'x';
          }
        };
    refused(400, "before it was whole", Call.post(INSPECT, new byte[0]).body(cut));
    assertEquals("", Call.get("/stations").gone().answeredBy(front).text());
  }

  @Test
  void anImageIsInspectedAndCanBeLookedAt() throws Exception {
    JsonObject result = inspected();
    assertEquals("anomalous", result.get("verdict").getAsString());
    assertEquals("line3", result.get("station").getAsString());
    assertEquals(48, result.getAsJsonObject("image").get("width").getAsInt());
    String id = result.get("id").getAsString();
    assertEquals(result, Call.get("/results/" + id).answeredBy(front).json());
    for (String view : List.of("heatmap", "mask", "overlay", "image")) {
      Call call = Call.get("/results/" + id + "/" + view).answeredBy(front);
      assertEquals(200, call.status(), view);
      assertEquals("image/png", call.received("Content-Type"), view);
      int width = ImageIO.read(new ByteArrayInputStream(call.bytes())).getWidth();
      assertEquals(view.equals("heatmap") || view.equals("mask") ? 32 : 48, width, view);
    }
    Call head = new Call("HEAD", "/api/v1/results/" + id).answeredBy(front);
    assertEquals(200, head.status());
    assertEquals(0, head.bytes().length);
  }

  @Test
  void resultsAreListedFromAPlaceOn() throws Exception {
    String first = inspected().get("id").getAsString();
    String second = inspected().get("id").getAsString();
    String third = inspected().get("id").getAsString();
    assertTrue(first.compareTo(second) < 0 && second.compareTo(third) < 0);
    assertEquals(List.of(second, third), ids("/results?since=" + first));
    assertEquals(List.of(second), ids("/results?limit=1&since=" + first));
    assertEquals(List.of(third), ids("/results?limit=1"));
    assertEquals(List.of(), ids("/results?since=" + third));
    refused(400, "limit is a number from 1 to 1000", Call.get("/results?limit=0"));
    refused(
        400,
        "'sinc' is not a parameter here; parameters: limit, since",
        Call.get("/results?sinc=1"));
    refused(400, "'%'", Call.get("/results?since=%x"));
  }

  private List<String> ids(String address) throws IOException {
    JsonArray all = Call.get(address).answeredBy(front).json().getAsJsonArray("results");
    return all.asList().stream().map(r -> r.getAsJsonObject().get("id").getAsString()).toList();
  }

  @Test
  void whatIsWrongWithAnImageIsSaid() throws Exception {
    byte[] words = "not at all".getBytes(StandardCharsets.UTF_8);
    refused(422, "not an image", Call.post(INSPECT, words).with("Content-Type", "image/png"));
    refused(422, "not an image", Call.post(INSPECT, new byte[0]));
    refused(415, "send image/png", Call.post(INSPECT, words).with("Content-Type", "text/plain"));
    refused(404, "stations: line3, line4", Call.post("/stations/line5/inspect", words));
    refused(405, "methods here: POST", Call.get(INSPECT));
    assertEquals("POST", Call.get(INSPECT).answeredBy(front).received("Allow"));
  }

  @Test
  void bodiesHaveALimitWhateverTheyAnnounce() throws Exception {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 1;
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            return length;
          }
        };
    Call announced = Call.post(INSPECT, new byte[0]).with("Content-Length", "10000000000");
    refused(413, "more than 1048576 bytes", announced.body(endless));
    refused(413, "more than 1048576 bytes", Call.post(INSPECT, new byte[0]).body(endless));
    refused(
        413,
        "more than 1048576 bytes",
        Call.post(INSPECT, new byte[0]).with("Content-Length", "3").body(endless));
    refused(400, "not a number", Call.post(INSPECT, new byte[0]).with("Content-Length", "x"));
    inspected();
  }

  @Test
  void allBodiesTogetherHaveALimitThatIsGivenBack() throws Exception {
    Bodies bodies = new Bodies(100, 150, 60);
    byte[] eighty = new byte[80];
    try (Bodies.Body first = bodies.begin("80")) {
      first.add(eighty, 80);
      Bodies.Body second = bodies.begin("80");
      second.add(eighty, 70);
      Problem full = assertThrows(Problem.class, () -> second.add(eighty, 1));
      assertEquals(429, full.status());
      assertEquals("1", full.headers().get("Retry-After"));
      second.close();
      assertEquals(80, first.bytes().length);
    }
    Bodies.Body third = bodies.begin("80");
    third.add(eighty, 80);
    assertEquals(413, assertThrows(Problem.class, () -> third.add(eighty, 21)).status());
    Bodies.Body late = new Bodies(100, 150, -1).begin("0");
    assertEquals(408, assertThrows(Problem.class, () -> late.add(eighty, 1)).status());
  }

  @Test
  void whoIsSlowKeepsNobodyWaiting() throws Exception {
    List<BodyReceiver> receivers = new ArrayList<>();
    List<Call> slow = new ArrayList<>();
    byte[] image = TinyModel.image(4);
    for (int i = 0; i < 300; i++) { // all of them in this one thread
      slow.add(Call.post(INSPECT, image).hung(receivers).answeredBy(front));
      assertTrue(receivers.get(i).take(image, 1));
    }
    inspected();
    assertEquals(0, slow.stream().filter(call -> call.status() != 0).count());
    receivers.get(0).take(Arrays.copyOfRange(image, 1, image.length), image.length - 1);
    receivers.get(0).whole();
    assertEquals(200, slow.get(0).awaited().status(), slow.get(0).text());
    receivers.get(1).failed(new IOException(new TimeoutException("30 s")));
    assertEquals(408, slow.get(1).status());
    receivers.get(2).failed(new IOException("gone"));
    assertEquals(400, slow.get(2).status());
    assertTrue(receivers.get(3).take(new byte[1 << 20], (1 << 20) - 1));
    assertFalse(receivers.get(3).take(image, 1));
    assertEquals(413, slow.get(3).status());
    receivers.get(3).failed(new IOException("gone"));
    assertEquals(413, slow.get(3).status(), "there is one answer");
  }

  @Test
  void largeAnswersTogetherHaveALimitThatIsGivenBack() throws Exception {
    Budget budget = new Budget(150_000);
    List<Runnable> unsent = new ArrayList<>();
    HttpResponse slow =
        new HttpResponse() {
          @Override
          public void status(int code) {}

          @Override
          public void header(String name, String value) {}

          @Override
          public void send(byte[] body, Runnable ended) {
            unsent.add(ended);
          }

          @Override
          public OutputStream body() {
            throw new UnsupportedOperationException();
          }
        };
    Reply reply = new Reply(Call.get("/results"), slow, budget);
    reply.send(200, "image/png", new byte[100_000]);
    reply.send(200, "image/png", new byte[1000]);
    Problem full =
        assertThrows(Problem.class, () -> reply.send(200, "image/png", new byte[100_000]));
    assertEquals(503, full.status());
    unsent.get(0).run();
    reply.send(200, "image/png", new byte[100_000]);
  }

  @Test
  void sourcesAndWhatIsWrongWithThemAreSeen() throws Exception {
    SourceReport camera = new SourceReport("cam", "line7");
    SourceReport drop = new SourceReport("drop", "line3");
    ComponentServiceObjects<ImageSource> first = Services.of(camera, Map.of());
    ComponentServiceObjects<ImageSource> next = Services.of(drop, Map.of());
    gateway.sources().addSource(first);
    gateway.sources().addSource(next);
    drop.inspected();
    drop.failed("a.png: not an image");
    JsonObject health = Call.get("/health").answeredBy(front).json();
    assertEquals("degraded", health.get("status").getAsString());
    JsonArray sources = health.getAsJsonArray("sources");
    assertEquals(
        "there is no station 'line7'; stations: line3, line4",
        sources.get(0).getAsJsonObject().get("failure").getAsString());
    JsonObject second = sources.get(1).getAsJsonObject();
    assertEquals("", second.get("failure").getAsString());
    assertEquals("a.png: not an image", second.get("last-error").getAsString());
    Instant failed = Instant.parse(second.get("last-error-time").getAsString());
    assertTrue(Duration.between(failed, Instant.now()).abs().toMinutes() < 10, failed.toString());
    assertFalse(sources.get(0).getAsJsonObject().has("last-error-time"));
    assertEquals(1, second.get("failed").getAsInt());
    String metrics = Call.get("/metrics").answeredBy(front).text();
    assertTrue(metrics.contains("uniass_source_working{source=\"cam\"} 0\n"), metrics);
    assertTrue(
        metrics.contains("uniass_source_images_total{source=\"drop\",outcome=\"inspected\"} 1\n"),
        metrics);
    ComponentServiceObjects<VerdictSink> sink =
        Services.of(
            (result, evidence) -> {},
            Map.of("name", "plc", VerdictSink.STATIONS, new String[] {"line3", "line9", "line8"}));
    gateway.results().addSink(sink);
    JsonObject plc =
        Call.get("/health")
            .answeredBy(front)
            .json()
            .getAsJsonArray("sinks")
            .get(0)
            .getAsJsonObject();
    assertEquals(
        "there is no station 'line8', 'line9'; stations: line3, line4",
        plc.get("failure").getAsString());
    gateway.results().removeSink(sink);
    gateway.sources().removeSource(first);
    gateway.sources().removeSource(next);
    health = Call.get("/health").answeredBy(front).json();
    assertEquals(0, health.getAsJsonArray("sources").size());
  }

  @Test
  void ofAStationThatDoesNotInspectNothingIsClaimed() throws Exception {
    StationComponent broken = gateway.station("line8", folder.resolve("gone"), Map.of());
    JsonObject station =
        Call.get("/stations")
            .answeredBy(front)
            .json()
            .getAsJsonArray("stations")
            .get(2)
            .getAsJsonObject();
    assertEquals("failed", station.get("state").getAsString());
    assertTrue(station.get("detail").getAsString().contains("there is no file"));
    assertEquals("unknown", station.getAsJsonObject("condition").get("state").getAsString());
    broken.stop();
  }

  @Test
  void noPathReachesAFile() throws Exception {
    for (String path :
        List.of(
            "/../../etc/passwd",
            "/page.js/../../x",
            "/page.html",
            "/components.json",
            "//",
            "/api",
            "/api/v1/",
            "/api/v1/results/../../x",
            "/api/v1/results//image",
            "/api/v2/health")) {
      Call call = new Call("GET", path).answeredBy(front);
      assertEquals(404, call.status(), path);
    }
    refused(404, "not kept", Call.get("/results/%00/image"));
    Call root = new Call("GET", "").answeredBy(front);
    assertEquals(308, root.status());
    assertEquals("/uniass/", root.received("Location"));
  }

  @Test
  void thePageIsWholeAndAllowsNoForeignScript() throws Exception {
    Call page = new Call("GET", "/").answeredBy(front);
    assertEquals(200, page.status());
    assertTrue(page.received("Content-Security-Policy").startsWith("default-src 'none'"));
    assertEquals("nosniff", page.received("X-Content-Type-Options"));
    var links = java.util.regex.Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text());
    Set<String> seen = new TreeSet<>();
    while (links.find()) {
      Call item = new Call("GET", "/" + links.group(1)).answeredBy(front);
      assertEquals(200, item.status(), links.group(1));
      assertTrue(item.bytes().length > 100, links.group(1));
      seen.add(links.group(1));
    }
    assertTrue(seen.containsAll(Set.of("page.js", "page.css", "chart.js", "chart.css")));
    assertTrue(!page.text().contains("<script>") && !page.text().contains("onclick"));
  }

  @Test
  void aPersonsWordIsKept() throws Exception {
    String id = inspected().get("id").getAsString();
    Call call = Call.post("/results/" + id + "/feedback", json("{\"feedback\": \"good\"}"));
    assertEquals(200, call.answeredBy(front).status(), call.text());
    assertEquals("good", call.json().get("feedback").getAsString());
    assertEquals(
        "good", Call.get("/results/" + id).answeredBy(front).json().get("feedback").getAsString());
    refused(400, "'good' or 'missed'", Call.post("/results/" + id + "/feedback", json("{}")));
    refused(
        400, "'by' is not a field", Call.post("/results/" + id + "/feedback", json("{\"by\": 1}")));
    refused(400, "not JSON", Call.post("/results/" + id + "/feedback", json("{")));
    refused(404, "not kept", Call.post("/results/0/feedback", json("{\"feedback\": \"good\"}")));
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void withoutTokensOnlyThisMachineUnderItsOwnNameIsServed() throws Exception {
    refused(403, "without a token file", Call.get("/health").at("192.168.1.5"));
    refused(403, "must be localhost", Call.get("/health").with("Host", "evil.example:8080"));
    refused(403, "another site", Call.get("/health").with("Origin", "http://evil.example"));
    refused(403, "another site", Call.post(INSPECT, json("")).with("Origin", "null"));
    for (String host : List.of("localhost:8080", "127.0.0.1", "[::1]:8080")) {
      Call own = Call.get("/health").with("Host", host).with("Origin", "http://" + host);
      assertEquals(200, own.answeredBy(front).status(), host);
    }
  }

  @Test
  void tokensAllowWhatTheirRoleSays() throws Exception {
    refused(401, "a token is needed", Call.get("/stations"), guarded);
    assertEquals(
        "Bearer realm=\"uniass\"",
        Call.get("/stations").answeredBy(guarded).received("WWW-Authenticate"));
    for (String wrong : List.of("Bearer wrong-wrong-wrong-x", "Bearer", "Digest x", "Basic %%%")) {
      refused(401, "not known", Call.get("/stations").with("Authorization", wrong), guarded);
    }
    assertEquals(200, as(VIEWER, Call.get("/stations")).status());
    refused(
        403,
        "role 'inspect'",
        Call.post(INSPECT, TinyModel.image(1)).with("Authorization", "Bearer " + VIEWER),
        guarded);
    assertEquals(200, as(INSPECTOR, Call.post(INSPECT, TinyModel.image(1))).status());
    assertEquals(200, as(OPERATOR, Call.post(INSPECT, TinyModel.image(1))).status());
    String basic =
        Base64.getEncoder().encodeToString(("any:" + INSPECTOR).getBytes(StandardCharsets.UTF_8));
    assertEquals(
        200,
        Call.get("/stations").with("Authorization", "Basic " + basic).answeredBy(guarded).status());
    // who has a token may come from anywhere; health says no more than up or down without one
    assertEquals(200, as(VIEWER, Call.get("/stations").at("192.168.1.5")).status());
    JsonObject health = Call.get("/health").answeredBy(guarded).json();
    assertEquals(Set.of("status"), health.keySet());
  }

  private Call as(String token, Call call) throws IOException {
    return call.with("Authorization", "Bearer " + token).answeredBy(guarded);
  }

  @Test
  void aTokenFileThatCannotBeUsedRefusesAll() throws Exception {
    for (Map.Entry<String, String> entry :
        Map.of(
                "inspect short", "too short",
                "", "no token",
                "admin 0123456789abcdef", "none of the roles",
                "inspect", "write a role and a token")
            .entrySet()) {
      Path file = folder.resolve("wrong-tokens");
      Files.writeString(file, entry.getKey());
      HttpFront broken = front(file);
      assertTrue(broken.fault().orElseThrow().contains(entry.getValue()), broken.fault().get());
      refused(503, "token file", Call.get("/health"), broken);
    }
    Path file = Files.createFile(folder.resolve("readable-tokens"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(Access.isOpen(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertFalse(Access.isOpen(file));
    assertTrue(front(folder.resolve("none")).fault().orElseThrow().contains("no such file"));
  }

  @Test
  void openApiDescribesWhatIsThere() throws Exception {
    String id = inspected().get("id").getAsString();
    JsonObject api = Call.get("/openapi.json").answeredBy(front).json();
    JsonObject schemas = api.getAsJsonObject("components").getAsJsonObject("schemas");
    Set<String> checked = new TreeSet<>();
    for (Map.Entry<String, JsonElement> path : api.getAsJsonObject("paths").entrySet()) {
      String address = path.getKey().replace("{id}", id).replace("{name}", "line3");
      for (String method : path.getValue().getAsJsonObject().keySet()) {
        if (address.equals("/events") || ModelsFrontTest.isOfModels(path.getKey(), method)) {
          continue; // has no end; is tested there
        }
        byte[] body =
            address.endsWith("/feedback") ? json("{\"feedback\": \"good\"}") : TinyModel.image(2);
        Call call = method.equals("post") ? Call.post(address, body) : Call.get(address);
        assertEquals(200, call.answeredBy(front).status(), address + call.text());
        JsonObject content =
            path.getValue()
                .getAsJsonObject()
                .getAsJsonObject(method)
                .getAsJsonObject("responses")
                .getAsJsonObject("200")
                .getAsJsonObject("content");
        String type = content.keySet().iterator().next();
        assertTrue(
            type.equals(call.received("Content-Type")) || type.equals("image/*"),
            address + call.received("Content-Type"));
        JsonElement reference = content.getAsJsonObject(type).get("schema");
        if (reference != null) {
          new Schemas(schemas).check(reference.getAsJsonObject(), call.json(), address);
          checked.add(address);
        }
      }
    }
    assertEquals(7, checked.size(), checked.toString());
    refused(404, "openapi.json says", Call.get("/nothing"));
    new Schemas(schemas)
        .check(
            schemas.getAsJsonObject("Problem"), Call.get("/nothing").answeredBy(front).json(), "");
  }

  @Test
  void metricsAreOpenMetrics() throws Exception {
    inspected();
    Call call = Call.get("/metrics").answeredBy(front);
    assertEquals(Metrics.TYPE, call.received("Content-Type"));
    String[] lines = call.text().split("\n");
    assertEquals("# EOF", lines[lines.length - 1]);
    String family = "";
    Set<String> families = new TreeSet<>();
    for (String line : Arrays.copyOf(lines, lines.length - 1)) {
      if (line.startsWith("# TYPE ")) {
        family = line.split(" ")[2];
        assertTrue(families.add(family), "twice: " + family);
      } else if (!line.startsWith("# HELP " + family + " ")) {
        assertTrue(
            line.matches(family + "(_total|_bucket|_count|_sum|_info)?(\\{.*\\})? [-+0-9.E]+"),
            line);
      }
    }
    assertTrue(
        call.text().contains("uniass_images_total{station=\"line4\",verdict=\"normal\"} "),
        call.text());
    assertTrue(families.size() > 8);
  }

  @Test
  void eventsSendResultsFromAPlaceOn() throws Exception {
    String before = inspected().get("id").getAsString();
    String after = inspected().get("id").getAsString();
    Call call = Call.get("/events?since=" + before);
    Thread listener = new Thread(() -> call.answeredBy(front));
    listener.start();
    while (!call.text().contains("id: " + after + "\nevent: result\ndata: {\"id\":\"" + after)) {
      Thread.sleep(5);
    }
    assertTrue(!call.text().contains("id: " + before));
    assertEquals("text/event-stream", call.received("Content-Type"));
    listener.interrupt();
    listener.join();
    assertNull(call.received("Content-Length"));
  }
}
