/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uniass.itest.Patience;

/** {@code ./uniass serve}: a model that was just trained, asked over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeIT {

  private static final Pattern LINE =
      Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+/uniass/)\\R");

  private final HttpClient client = HttpClient.newHttpClient();
  private Path folder;
  private byte[] image;
  private String base;

  @BeforeAll
  void train(@TempDir Path shared) throws Exception {
    folder = shared;
    TinyExperiment.trained(folder);
    image = Files.readAllBytes(folder.resolve("images/cap/test/good/000.png"));
  }

  private Launched serve(String... more) throws Exception {
    String[] words = new String[more.length + 3];
    words[0] = "serve";
    words[1] = "--port";
    words[2] = "0";
    System.arraycopy(more, 0, words, 3, more.length);
    Launched server = Launched.start(folder, Map.of(), words);
    server.awaitText("/uniass/", 1);
    Matcher line = LINE.matcher(server.out());
    assertTrue(line.matches(), server.out());
    base = line.group(1);
    return server;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(Patience.SECONDS));
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> inspect(String station, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("api/v1/stations/" + station + "/inspect")
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Announces a body and sends none of it; what comes back at once is the status line. */
  private String announce(long length, String... header) throws IOException {
    URI address = URI.create(base);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Patience.SECONDS));
      String head =
          "POST /uniass/api/v1/stations/line3/inspect HTTP/1.1\r\nHost: 127.0.0.1\r\n%s: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(header[0], header[1], length);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private static JsonObject json(HttpResponse<byte[]> response) {
    return JsonParser.parseString(new String(response.body(), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  @Test
  void aTrainedModelIsServedUntilCtrlC() throws Exception {
    Launched server = serve("--model", "run/model.safetensors");
    HttpResponse<byte[]> answer = inspect("default", image);
    assertEquals(200, answer.statusCode());
    JsonObject result = json(answer);
    assertTrue(result.get("verdict").getAsString().matches("normal|anomalous"), result.toString());
    assertEquals(
        result.get("score").getAsDouble() / result.get("threshold").getAsDouble(),
        result.get("normalized-score").getAsDouble(),
        1e-12);
    assertEquals(64, result.getAsJsonObject("image").get("width").getAsInt());
    HttpResponse<byte[]> heat =
        get("api/v1/results/" + result.get("id").getAsString() + "/heatmap");
    assertEquals("image/png", heat.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(64, ImageIO.read(new ByteArrayInputStream(heat.body())).getHeight());
    assertEquals("up", json(get("api/v1/health")).get("status").getAsString());
    String metrics = new String(get("api/v1/metrics").body(), StandardCharsets.UTF_8);
    assertTrue(metrics.contains("uniass_images_total{station=\"default\""), metrics);
    JsonObject description = json(get("api/v1/openapi.json"));
    ClientExamples examples = new ClientExamples(folder, base);
    examples.compare("inspect.py", description, result);
    examples.compare("node-red.json", description, result);
    Path part = folder.resolve("images/cap/test/good/000.png");
    for (String line : examples.curl("default", part)) {
      assertEquals(
          result.get("score"), JsonParser.parseString(line).getAsJsonObject().get("score"));
    }
    assertTrue(new String(get("").body(), StandardCharsets.UTF_8).contains("page.js"));
    assertEquals(422, inspect("default", new byte[] {1, 2, 3}).statusCode());
    assertEquals(200, inspect("default", image).statusCode());
    server.interrupt();
    server.exits(0);
    assertTrue(LINE.matcher(server.out()).matches(), server.out());
    assertFalse(server.err().contains("ERROR"), server.err());
  }

  @Test
  void stationsOfAFileAreServedToWhoHasAToken() throws Exception {
    Files.writeString(folder.resolve("tokens"), "inspect a-token-for-this-test\n");
    Files.writeString(
        folder.resolve("line.yaml"),
        """
        gateway: { megabytes: 1 }
        stations:
          line3: { model: run/model.safetensors, category: cap, queue: 4 }
          line4: { model: nowhere.safetensors }
        sinks:
          log: { kind: journal, folder: journal, stations: [line8] }
        sources:
          drop: { kind: folder, folder: in, quiet: 0, station: line9 }
        """);
    Files.write(Files.createDirectories(folder.resolve("in")).resolve("a.png"), image);
    Launched server = serve("--config", "line.yaml", "--token-file", "tokens");
    assertEquals("degraded", json(get("api/v1/health")).get("status").getAsString());
    assertEquals(1, server.err().lines().filter(l -> l.contains("nowhere")).count(), server.err());
    assertEquals(401, inspect("line3", image).statusCode());
    assertEquals(
        401, inspect("line3", image, "Authorization", "Bearer another-token-here").statusCode());
    String[] token = {"Authorization", "Bearer a-token-for-this-test"};
    Launched unknown = Launched.run(folder, "model", "list", "--gateway", base).exits(1);
    assertTrue(unknown.err().contains("give --token-file FILE"), unknown.err());
    Files.writeString(folder.resolve("others"), "operate another-token-here\n");
    Launched wrong =
        Launched.run(folder, "model", "list", "--gateway", base, "--token-file", "others").exits(1);
    assertTrue(wrong.err().contains("the gateway knows no such token"), wrong.err());
    assertEquals(200, inspect("line3", image, token).statusCode());
    assertEquals(503, inspect("line4", image, token).statusCode());
    assertEquals("HTTP/1.1 413", announce(10_000_000_000L, token).substring(0, 12));
    assertEquals(200, inspect("line3", image, token).statusCode());
    try (SlowClients slow = new SlowClients(base, "line3", String.join(": ", token))) {
      assertEquals(200, inspect("line3", image, token).statusCode());
      assertEquals(0, slow.answered(), "the image was inspected after they had been given up");
    }
    server.awaitText("Source 'drop': there is no station 'line9'; stations: line3, line4", 1);
    server.awaitText("Sink 'log': there is no station 'line8'; stations: line3, line4", 1);
    for (String once : List.of("line8", "line9")) {
      assertEquals(1, server.err().lines().filter(l -> l.contains(once)).count(), server.err());
    }
    server.interrupt();
    server.exits(0);
  }

  private JsonObject post(String path, byte[] body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            request("api/v1/" + path).POST(BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    return json(answer);
  }

  private String activeModel() throws IOException, InterruptedException {
    JsonObject station =
        json(get("api/v1/stations")).getAsJsonArray("stations").get(0).getAsJsonObject();
    JsonObject model = station.getAsJsonObject("model");
    return model.get("name").getAsString() + "@" + model.get("version").getAsString();
  }

  /** Inspects, judges and changes models until the gateway is gone; notes what was acknowledged. */
  private final class Work implements Runnable {
    final List<String> results = new CopyOnWriteArrayList<>();
    final List<String> judged = new CopyOnWriteArrayList<>();
    final AtomicReference<String> active = new AtomicReference<>();
    final AtomicReference<String> wanted = new AtomicReference<>();

    @Override
    public void run() {
      try {
        for (int i = 0; ; i++) {
          String id = json(inspect("default", image)).get("id").getAsString();
          results.add(id);
          post("results/" + id + "/feedback", "{\"feedback\": \"good\"}".getBytes(UTF_8));
          judged.add(id);
          if (i % 3 == 2) {
            wanted.set("tiny@" + (1 + i % 2));
            post(
                "stations/default/activate",
                "{\"model\": \"%s\"}".formatted(wanted.get()).getBytes(UTF_8));
            active.set(wanted.get());
          }
        }
      } catch (IOException | InterruptedException e) {
        // it was killed
      }
    }
  }

  /**
   * The same network in another file: its header, whose length comes first, says one thing more.
   */
  private static byte[] another(byte[] model) {
    ByteBuffer file = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) file.getLong()];
    file.get(header);
    JsonObject json = JsonParser.parseString(new String(header, UTF_8)).getAsJsonObject();
    json.getAsJsonObject("__metadata__").addProperty("note", "another file");
    String text = json.toString();
    byte[] longer = (text + " ".repeat(8 - text.getBytes(UTF_8).length % 8)).getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + longer.length + file.remaining())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(longer.length)
        .put(longer)
        .put(file)
        .array();
  }

  @Test
  void aKilledGatewayLosesNothingThatItAcknowledged() throws Exception {
    String[] options = {"--model", "run/model.safetensors", "--state", "state"};
    Launched server = serve(options);
    byte[] other = another(Files.readAllBytes(folder.resolve("run/model.safetensors")));
    assertEquals("tiny@2", post("models", other).get("model").getAsString());
    Random random = new Random();
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < Integer.getInteger("uniass.kills", 3); i++) {
      Work work = new Work();
      work.active.set(activeModel());
      work.wanted.set(activeModel());
      Thread worker = new Thread(work);
      worker.start();
      Thread.sleep(400 + random.nextInt(800));
      server.kill();
      server.await();
      worker.join();
      server = serve(options);
      for (String id : work.results) {
        assertTrue(all.add(id), "twice: " + id);
        assertEquals(200, get("api/v1/results/" + id + "/image").statusCode(), id);
      }
      for (String id : work.judged) {
        assertEquals("good", json(get("api/v1/results/" + id)).get("feedback").getAsString());
      }
      assertTrue(
          List.of(work.active.get(), work.wanted.get()).contains(activeModel()),
          activeModel() + " is neither " + work.active + " nor " + work.wanted);
      assertEquals(2, json(get("api/v1/models")).getAsJsonArray("models").size());
    }
    assertTrue(all.size() > 2, all.toString());
    Launched listed = Launched.run(folder, "model", "list", "--gateway", base).exits(0);
    assertTrue(listed.out().contains("tiny@2  "), listed.out());
    server.interrupt();
    server.exits(0);
  }

  @Test
  void whatCannotBeServedIsSaidInOneLine() throws Exception {
    says("--token-file", "--model", "run/model.safetensors", "--host", "0.0.0.0");
    Files.writeString(
        folder.resolve("wrong.yaml"),
        "stations: { line3: { model: run/model.safetensors, catgory: cap } }\n");
    Files.writeString(
        folder.resolve("right.yaml"), "stations: { line3: { model: run/model.safetensors } }\n");
    says("unknown key 'catgory' (did you mean 'category'?)", "--config", "wrong.yaml");
    wrong(
        "sink 'hook' (webhook): 'url' is missing: give the http or https address that results are posted to",
        "sinks: { hook: { kind: webhook } }");
    wrong(
        "sink 'log' (journal): 'folder' is missing: give the folder of results.jsonl and older files",
        "sinks: { log: { kind: journal, folder: ' ' } }");
    wrong(
        "source 'cam' (mqtt): 'topic' is missing: give the topic of image files",
        "sources: { cam: { kind: mqtt, url: 'mqtt://host', station: line3 } }");
    wrong(
        "source 'drop' (folder): 'station' is missing: give the station that inspects",
        "sources: { drop: { kind: folder, folder: in } }");
    wrong(
        "sink 'hook' (webhook): url: 'ftp://host' is not an address to post to",
        "sinks: { hook: { kind: webhook, url: 'ftp://host' } }");
    wrong(
        "sink 'mes' (mqtt): nowhere: cannot be read",
        "sinks: { mes: { kind: mqtt, url: 'mqtt://host', credentials: nowhere } }");
    wrong(
        "sink 'b' (mqtt): client: 'line3' is also the client id of sink 'a' (mqtt)",
        "sinks: { a: &broker { kind: mqtt, url: 'mqtt://host', client: line3 }, b: *broker }");
    wrong("gateway: trust: nowhere: cannot be read", "gateway: { trust: nowhere }");
    says(
        "token file: nowhere: cannot be read", "--config", "right.yaml", "--token-file", "nowhere");
  }

  /** Nothing starts with a file that has this, too: one line is all that is said. */
  private void wrong(String words, String yaml) throws Exception {
    Files.writeString(
        folder.resolve("wrong.yaml"),
        "stations: { line3: { model: run/model.safetensors } }\n" + yaml + "\n");
    Launched refused =
        Launched.run(folder, "serve", "--port", "0", "--config", "wrong.yaml").exits(1);
    assertEquals("", refused.out());
    assertTrue(refused.err().contains("wrong.yaml: " + words), refused.err());
    assertEquals(1, refused.err().strip().lines().count(), refused.err());
  }

  private void says(String words, String... options) throws Exception {
    String[] line = new String[options.length + 1];
    line[0] = "serve";
    System.arraycopy(options, 0, line, 1, options.length);
    Launched refused = Launched.run(folder, line).exits(1);
    assertEquals("", refused.out());
    assertTrue(refused.err().contains(words), refused.err());
    assertEquals(1, refused.err().strip().lines().count(), refused.err());
  }
}
