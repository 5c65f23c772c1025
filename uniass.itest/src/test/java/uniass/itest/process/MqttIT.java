/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.gateway.mqtt.testing.Listener;
import uniass.gateway.mqtt.testing.Mosquitto;
import uniass.itest.Patience;

/** {@code ./uniass serve} with a real broker: images in, results out, and the broker away. */
class MqttIT {

  private static final int IMAGES = 12;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;
  private byte[] image;
  private String base;

  @Test
  void imagesComeAndResultsGoEvenIfTheBrokerWasAway() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "allow_anonymous true")) {
      Launched server = serve(broker.port());
      images(broker);
      away(broker, server);
      try (Listener listener = new Listener(broker.port(), "uniass/status")) {
        assertEquals("online", listener.next().text());
        server.kill();
        assertEquals("offline", listener.next().text());
      }
    }
  }

  private Launched serve(int port) throws Exception {
    TinyExperiment.trained(folder);
    image = Files.readAllBytes(folder.resolve("images/cap/test/good/000.png"));
    Files.writeString(
        folder.resolve("line.yaml"),
        """
        stations:
          line3: { model: run/model.safetensors, queue: 2 }
        sinks:
          plc: { kind: mqtt, url: "mqtt://127.0.0.1:%1$d" }
        sources:
          camera: { kind: mqtt, url: "mqtt://127.0.0.1:%1$d", topic: uniass/inspect/line3, station: line3 }
        """
            .formatted(port));
    Launched server =
        Launched.start(
            folder, Map.of(), "serve", "--port", "0", "--config", "line.yaml", "--state", "state");
    server.awaitText("/uniass/", 1);
    base = server.out().strip().replace("listening on ", "");
    return server;
  }

  /** More than may wait, one of which is not an image; all are answered, in their order. */
  private void images(Mosquitto broker) throws Exception {
    try (Listener listener = new Listener(broker.port(), "answers", "uniass/status")) {
      assertEquals("online", listener.next().text());
      for (int i = 0; i < IMAGES; i++) {
        MqttProperties properties = new MqttProperties();
        properties.setResponseTopic("answers");
        properties.setCorrelationData(String.valueOf(i).getBytes(StandardCharsets.US_ASCII));
        listener.publish("uniass/inspect/line3", i == 1 ? new byte[] {1, 2, 3} : image, properties);
      }
      for (int i = 0; i < IMAGES; i++) {
        Listener.Heard answer = listener.next();
        assertEquals(
            String.valueOf(i),
            new String(
                answer.message().getProperties().getCorrelationData(), StandardCharsets.US_ASCII));
        JsonObject json = JsonParser.parseString(answer.text()).getAsJsonObject();
        assertEquals("line3", json.get("station").getAsString());
        if (i == 1) {
          assertEquals("not-an-image", json.get("refused").getAsString());
        } else {
          assertTrue(json.get("verdict").getAsString().matches("normal|anomalous"), answer.text());
        }
      }
    }
  }

  /** The station goes on; what it found meanwhile comes later, in order. */
  private void away(Mosquitto broker, Launched server) throws Exception {
    // one that the broker has passed on, but not yet acknowledged, would come again
    Patience.await("all was delivered", () -> sink().get("waiting").getAsInt() == 0);
    broker.close();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      found.add(inspect());
    }
    Patience.await(
        "health says that results wait",
        () -> {
          JsonObject sink = sink();
          return sink.get("waiting").getAsInt() == 3
              && !sink.get("failure").getAsString().isEmpty();
        });
    broker.start();
    try (Listener listener = new Listener(broker.port(), "uniass/verdict/line3")) {
      for (String id : found) {
        JsonObject json = JsonParser.parseString(listener.next().text()).getAsJsonObject();
        assertEquals(id, json.get("id").getAsString());
      }
    }
    Patience.await(
        "all is well again", () -> "up".equals(get("api/v1/health").get("status").getAsString()));
    assertTrue(server.err().contains("[INFO] uniass.gateway.results.Delivery - Sink 'plc' works"));
    assertFalse(server.err().matches("(?s).*\\(\\d{5}\\).*"), "a library's words: " + server.err());
  }

  private String inspect() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "api/v1/stations/line3/inspect"))
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(image))
            .build();
    String body = client.send(request, BodyHandlers.ofString()).body();
    return JsonParser.parseString(body).getAsJsonObject().get("id").getAsString();
  }

  private JsonObject sink() throws Exception {
    return get("api/v1/health").getAsJsonArray("sinks").get(0).getAsJsonObject();
  }

  private JsonObject get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
    return JsonParser.parseString(client.send(request, BodyHandlers.ofString()).body())
        .getAsJsonObject();
  }
}
