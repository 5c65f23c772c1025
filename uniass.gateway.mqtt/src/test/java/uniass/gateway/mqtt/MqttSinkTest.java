/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.metric.ImageScore;
import uniass.gateway.InspectionResult;
import uniass.gateway.ModelVersion;
import uniass.gateway.Timings;
import uniass.gateway.mqtt.testing.Listener;
import uniass.gateway.mqtt.testing.Mosquitto;

/** Results, published to a real broker. */
class MqttSinkTest {

  private static final String OPEN = "allow_anonymous true";

  @TempDir Path folder;

  private static InspectionResult result(String id) {
    return new InspectionResult(
        id,
        "line3",
        new ModelVersion("bottles", "1", "00ff"),
        Instant.parse("2026-01-02T03:04:05.678Z"),
        0.5,
        ImageScore.MAX,
        OptionalDouble.of(0.25),
        Verdict.ANOMALOUS,
        List.of(),
        10,
        20,
        new Timings(1, 2, 3, 4, 10.125));
  }

  private static MqttSink sink(String url, Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("name", "plc");
    values.put("url", url);
    return new MqttSink(
        (MqttSinkConfig)
            Proxy.newProxyInstance(
                MqttSinkConfig.class.getClassLoader(),
                new Class<?>[] {MqttSinkConfig.class},
                (proxy, method, arguments) ->
                    values.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  /** Tries until it works, as the gateway does. */
  private static void deliver(MqttSink sink, String id) throws InterruptedException {
    while (true) {
      try {
        sink.deliver(result(id), Optional.empty());
        return;
      } catch (IOException e) {
        Thread.sleep(10);
      }
    }
  }

  /** Tries until the failure has the words. */
  private static String failure(MqttSink sink, String words) throws InterruptedException {
    while (true) {
      String message =
          assertThrows(IOException.class, () -> sink.deliver(result("1"), Optional.empty()))
              .getMessage();
      if (message.contains(words)) {
        return message;
      }
      assertTrue(message.contains("not connected yet"), message);
      Thread.sleep(10);
    }
  }

  @Test
  void resultsAreDeliveredAndTheStatusIsRetained() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, OPEN)) {
      String url = "mqtt://127.0.0.1:" + broker.port();
      MqttSink sink = sink(url, Map.of("topic", "hall/7"));
      deliver(sink, "01");
      try (Listener late = new Listener(broker.port(), "hall/7/#")) {
        Listener.Heard status = late.next();
        assertEquals("hall/7/status", status.topic());
        assertEquals("online", status.text());
        assertTrue(status.message().isRetained());
        deliver(sink, "02");
        Listener.Heard verdict = late.next();
        assertEquals("hall/7/verdict/line3", verdict.topic());
        assertEquals(result("02"), InspectionResult.of(verdict.text()));
        assertEquals(1, verdict.message().getQos());
        assertFalse(verdict.message().isRetained());
        assertEquals("application/json", verdict.message().getProperties().getContentType());
        sink.close();
        assertEquals("offline", late.next().text());
      }
    }
  }

  @Test
  void aBrokerMayGoAndComeBack() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, OPEN)) {
      MqttSink sink = sink("mqtt://127.0.0.1:" + broker.port(), Map.of());
      deliver(sink, "01");
      broker.close();
      String why =
          assertThrows(IOException.class, () -> sink.deliver(result("02"), Optional.empty()))
              .getMessage();
      assertTrue(why.contains("127.0.0.1"), why);
      assertFalse(why.matches(".*\\(\\d+\\).*"), "in plain words: " + why);
      broker.start();
      try (Listener listener = new Listener(broker.port(), "uniass/verdict/+")) {
        deliver(sink, "02");
        deliver(sink, "03");
        assertEquals("02", InspectionResult.of(listener.next().text()).id());
        assertEquals("03", InspectionResult.of(listener.next().text()).id());
      }
      sink.close();
    }
  }

  @Test
  void whoSharesAClientIdIsTold() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, OPEN)) {
      String url = "mqtt://127.0.0.1:" + broker.port();
      MqttSink first = sink(url, Map.of("client", "line3"));
      deliver(first, "01");
      assertEquals("", first.trouble());
      MqttSink second = sink(url, Map.of("client", "line3"));
      deliver(second, "02");
      while (!first.trouble().contains("line3")) {
        Thread.sleep(10);
      }
      assertEquals(
          "%s ends each connection soon, as when another one uses the client id 'line3', too; give each its own 'client'"
              .formatted(url),
          first.trouble());
      first.close();
      second.close();
    }
  }

  @Test
  void aBrokerThatSaysWhyIsBelieved() throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "mqtt://127.0.0.1:" + broker.getLocalPort();
      MqttSink sink = sink(url, Map.of("client", "line3"));
      try (Socket socket = broker.accept()) {
        byte[] packet = new byte[1000];
        assertTrue(socket.getInputStream().read(packet) > 0); // CONNECT
        socket.getOutputStream().write(HexFormat.of().parseHex("2003000000")); // CONNACK
        assertTrue(socket.getInputStream().read(packet) > 0); // PUBLISH of the status
        socket.getOutputStream().write(HexFormat.of().parseHex("40020001")); // PUBACK
        socket.getOutputStream().write(HexFormat.of().parseHex("e0028e00")); // session taken over
        while (!sink.trouble().contains("line3")) {
          Thread.sleep(10);
        }
      }
      assertEquals(
          "another connection to %s uses the client id 'line3' and throws this one out; give each its own 'client'"
              .formatted(url),
          sink.trouble());
      sink.close();
    }
  }

  @Test
  void tlsAndCredentialsAreInsistedOnAndNoSecretIsShown() throws Exception {
    makeKey("localhost", "server.p12");
    Path users = folder.resolve("users");
    Files.writeString(users, "line3:right-secret\n");
    run("mosquitto_passwd", "-U", users.toString());
    Path rights = folder.resolve("rights");
    Files.writeString(rights, "user line3\ntopic write uniass/#\n");
    try (Mosquitto broker =
        new Mosquitto(
            folder,
            "allow_anonymous false",
            "password_file " + users,
            "acl_file " + rights,
            "certfile " + folder.resolve("localhost.pem"),
            "keyfile " + folder.resolve("localhost.key"))) {
      String url = "mqtts://localhost:" + broker.port();
      Path secrets = folder.resolve("secrets");
      Files.writeString(secrets, "# of line 3\nuser line3\npassword right-secret\n");
      Map<String, Object> right =
          Map.of(
              "credentials",
              secrets.toString(),
              "trust",
              folder.resolve("localhost.pem").toString());
      MqttSink sink = sink(url, right);
      deliver(sink, "01");
      sink.close();

      MqttSink forbidden = sink(url, with(right, "topic", "elsewhere"));
      failure(forbidden, "refuses topic 'elsewhere/status' (135)");
      forbidden.close();

      MqttSink stranger = sink(url.replace("localhost", "127.0.0.1"), right);
      failure(stranger, "127.0.0.1");
      stranger.close();

      MqttSink untrusting = sink(url, Map.of("credentials", secrets.toString()));
      failure(untrusting, "unable to find valid certification path");
      untrusting.close();

      Files.writeString(secrets, "user line3\npassword wrong-secret\n");
      MqttSink thief = sink(url, right);
      String why = failure(thief, "the broker refuses user name or password");
      assertFalse(why.contains("secret"), why);
      Files.writeString(secrets, "user line3\npassword right-secret\n");
      deliver(thief, "02"); // what was put right counts
      thief.close();
    }
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws Exception {
    Path bad = folder.resolve("bad");
    Files.writeString(bad, "pasword the-secret\n");
    says("bad:1: lines are 'user NAME'", "mqtt://host", "credentials", bad.toString());
    says("nowhere: cannot be read", "mqtt://host", "credentials", "nowhere");
    says("bad: not a PEM file", "mqtts://host", "trust", bad.toString());
    says("bad: cannot be opened", "mqtts://host", "identity", bad.toString());
    says("is not a broker's address", "mqtt://line3:the-secret@host", "topic", "t");
    says("Connection refused", "mqtt://127.0.0.1:1", "topic", "t");
    says("wildcard", "mqtt://127.0.0.1:1", "topic", "t/#");
  }

  private static void says(String words, String url, String key, String value)
      throws InterruptedException {
    MqttSink sink = sink(url, Map.of(key, value));
    String why = failure(sink, words);
    assertFalse(why.contains("the-secret"), why);
    sink.close();
  }

  private static Map<String, Object> with(Map<String, Object> some, String key, String value) {
    Map<String, Object> more = new HashMap<>(some);
    more.put(key, value);
    return more;
  }

  /** Makes a key and a certificate, as files that mosquitto reads. */
  private void makeKey(String host, String file) throws Exception {
    String secret = "changeit";
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        host,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + host,
        "-ext",
        "san=dns:" + host,
        "-keystore",
        folder.resolve(file).toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        secret);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      store.load(in, secret.toCharArray());
    }
    pem(host + ".pem", "CERTIFICATE", store.getCertificate(host).getEncoded());
    pem(host + ".key", "PRIVATE KEY", store.getKey(host, secret.toCharArray()).getEncoded());
  }

  private void pem(String file, String what, byte[] content) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what));
  }

  private static void run(String... line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
