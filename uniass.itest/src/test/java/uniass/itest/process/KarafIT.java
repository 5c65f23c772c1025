/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.itest.Patience;

/**
 * A real Karaf, without a network: the commands of {@code docs/karaf.md} make it a station. JMX is
 * left out, because its ports are fixed.
 */
class KarafIT {

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;
  private Path karaf;
  private String base;
  private int sshPort;

  @Test
  void theGatewaysFeatureInspectsAnImage() throws Exception {
    TinyExperiment.trained(folder);
    unpack();
    Launched server = start("karaf", "server");
    try {
      command(
          "kar:install file:" + Path.of(System.getProperty("uniass.kar")).toRealPath(),
          "feature:install uniass-gateway",
          "config:edit --factory --alias line3 uniass.station",
          "config:property-set name line3",
          "config:property-set model " + folder.resolve("run/model.safetensors"),
          "config:update");
      Patience.await("it inspects", () -> server.isAlive() && inspect("line3", image()) == 200);
      assertEquals(422, inspect("line3", new byte[] {1, 2, 3}));
      assertEquals(404, inspect("line4", image()));
      try (SlowClients slow = new SlowClients(base, "line3", "Content-Type: image/png")) {
        assertEquals(200, inspect("line3", image()));
        assertEquals(0, slow.answered(), "the image was inspected after they had been given up");
      }
      HttpResponse<String> page = get("");
      assertTrue(page.body().contains("page.js"), page.body());
      assertTrue(page.headers().firstValue("Content-Security-Policy").isPresent());
      assertEquals("up", json("api/v1/health").get("status").getAsString());
      JsonObject result = json("api/v1/results").getAsJsonArray("results").get(0).getAsJsonObject();
      String heat = "api/v1/results/" + result.get("id").getAsString() + "/heatmap";
      assertEquals("image/png", get(heat).headers().firstValue("Content-Type").orElseThrow());
      byte[] large = new byte[(1 << 20) + 1];
      assertEquals(422, inspect("line3", large));
      command("config:property-set -p uniass.gateway megabytes 1");
      Patience.await("the change counts", () -> inspect("line3", large) == 413);
      Patience.await("it inspects again", () -> inspect("line3", image()) == 200);
      aSinkThatLacksItsAddressIsOneLine();
      command("shutdown -f");
      server.exits(0);
    } finally {
      server.killAll();
    }
    List<String> log = Files.readAllLines(karaf.resolve("data/log/karaf.log"));
    List<String> errors = log.stream().filter(line -> line.contains("| ERROR |")).toList();
    assertEquals(1, errors.size(), errors.toString());
    assertTrue(errors.get(0).contains("Sink 'hook': 'url' is missing"), errors.toString());
    assertFalse(log.stream().anyMatch(line -> line.startsWith("\tat ")), log.toString());
  }

  private void aSinkThatLacksItsAddressIsOneLine() throws Exception {
    command(
        "config:edit --factory --alias hook uniass.sink.webhook",
        "config:property-set name hook",
        "config:update");
    Patience.await("it is shown", () -> !json("api/v1/health").getAsJsonArray("sinks").isEmpty());
    JsonObject sink = json("api/v1/health").getAsJsonArray("sinks").get(0).getAsJsonObject();
    String failure = sink.get("failure").getAsString();
    assertTrue(failure.startsWith("'url' is missing: give the http or https address"), failure);
  }

  private Launched start(String program, String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(karaf.resolve("bin/" + program).toString()));
    line.addAll(List.of(words));
    return Launched.start(
        folder,
        line,
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "JAVA_MAX_MEM", "800m",
            "EXTRA_JAVA_OPTS", "-Duniass.threads=2",
            "OMP_WAIT_POLICY", "PASSIVE",
            "GOMP_SPINCOUNT", "0"));
  }

  /** Types commands, once Karaf is there. */
  private void command(String... lines) throws Exception {
    Launched client = start("client", "-a", String.valueOf(sshPort), "-b", "-d", "1", "-r", "300");
    for (String line : lines) {
      client.type(line);
    }
    client.endInput();
    client.exits(0);
    assertFalse(client.out().contains("Error"), client.out());
  }

  private void unpack() throws Exception {
    String archive = System.getProperty("karaf.archive");
    Launched.start(folder, List.of("tar", "xzf", archive), Map.of()).exits(0);
    karaf = folder.resolve("apache-karaf-" + System.getProperty("karaf.version"));
    int port = freePort();
    base = "http://127.0.0.1:" + port + "/uniass/";
    Files.writeString(
        karaf.resolve("etc/org.ops4j.pax.web.cfg"),
        "org.osgi.service.http.port=%d\norg.ops4j.pax.web.listening.addresses=127.0.0.1\n"
            .formatted(port));
    sshPort = freePort();
    edit("etc/org.apache.karaf.shell.cfg", "(?m)^sshPort *=.*", "sshPort=" + sshPort);
    edit("etc/users.properties", "(?m)^#(karaf|_g_)", "$1");
    edit("etc/org.apache.karaf.features.cfg", "(?m)^ *management/.*\\R", "");
    edit(
        "etc/org.ops4j.pax.url.mvn.cfg",
        "(?m)^(org.ops4j.pax.url.mvn.repositories=)(.*\\\\\\R)*.*$",
        "$1\norg.ops4j.pax.url.mvn.localRepository=" + folder.resolve("nothing"));
  }

  private void edit(String file, String what, String with) throws IOException {
    String text = Files.readString(karaf.resolve(file));
    String edited = text.replaceAll(what, with);
    assertFalse(edited.equals(text), file);
    Files.writeString(karaf.resolve(file), edited);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private byte[] image() throws IOException {
    return Files.readAllBytes(folder.resolve("images/cap/test/good/000.png"));
  }

  /** The status of the answer; 0 if nobody listens yet. */
  private int inspect(String station, byte[] body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "api/v1/stations/" + station + "/inspect"))
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
  }

  private JsonObject json(String path) throws IOException, InterruptedException {
    return JsonParser.parseString(get(path).body()).getAsJsonObject();
  }
}
