/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import uniass.api.data.AnomalyMap;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;
import uniass.gateway.kind.Configured;
import uniass.gateway.testing.Configs;
import uniass.gateway.testing.Samples;

class SinksTest {

  @TempDir Path folder;

  private static String id(int number) {
    return "%016x".formatted(number);
  }

  private JournalSink journal() {
    return new JournalSink(
        Configs.of(
            JournalConfig.class,
            Map.of("folder", folder.resolve("journal").toString(), "megabytes", 1, "files", 2)));
  }

  private static void deliver(VerdictSink sink, int number) throws IOException {
    sink.deliver(Samples.result(id(number)), Optional.empty());
  }

  @Test
  void aJournalHasALinePerResultAndRemovesWhatACrashCutOff() throws Exception {
    deliver(journal(), 1);
    Path file = folder.resolve("journal/results.jsonl");
    Files.writeString(file, "{\"id\": \"00", StandardOpenOption.APPEND);
    JournalSink again = journal();
    deliver(again, 2);
    deliver(again, 3);
    assertEquals(
        List.of(Samples.result(id(1)), Samples.result(id(2)), Samples.result(id(3))),
        Files.readAllLines(file).stream().map(InspectionResult::of).toList());
  }

  @Test
  void aJournalRotatesAndKeepsSomeFiles() throws Exception {
    JournalSink journal = journal();
    int perFile = (1 << 20) / (Samples.result(id(0)).json().length() + 1) + 1;
    int results = 3 * perFile + 5;
    for (int i = 0; i < results; i++) {
      deliver(journal, i);
    }
    List<String> names;
    try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
      names = files.map(f -> f.getFileName().toString()).sorted().toList();
    }
    assertEquals(
        List.of(
            "results-" + id(2 * perFile - 1) + ".jsonl",
            "results-" + id(3 * perFile - 1) + ".jsonl",
            "results.jsonl"),
        names);
    assertEquals(5, Files.readAllLines(folder.resolve("journal/results.jsonl")).size());
  }

  @Test
  void aWebhookIsPostedToAndAnErrorIsPassedOn() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> bodies = new ArrayList<>();
    List<Integer> answers = new ArrayList<>(List.of(503, 204));
    server.createContext(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          bodies.add(exchange.getRequestHeaders().getFirst("Authorization"));
          bodies.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          exchange.sendResponseHeaders(answers.remove(0), -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    WebhookSink sink =
        new WebhookSink(Configs.of(WebhookConfig.class, Map.of("url", url, "token", "secret")));
    IOException busy = assertThrows(IOException.class, () -> deliver(sink, 7));
    assertTrue(busy.getMessage().contains("503"), busy.getMessage());
    deliver(sink, 7);
    server.stop(0);
    assertEquals(
        List.of(Samples.result(id(7)).json(), "Bearer secret", id(7)), bodies.subList(3, 6));
    assertTrue(assertThrows(IOException.class, () -> deliver(sink, 8)).getMessage().contains(url));
  }

  @Test
  void anAddressThatCannotBePostedToIsNamedBeforeAndAfter() {
    String url = "ftp://line3:the-secret@host/verdict";
    String words =
        "'ftp://...@host/verdict' is not an address to post to; write http://HOST:PORT/PATH, or https://...";
    WebhookSink sink = new WebhookSink(Configs.of(WebhookConfig.class, Map.of("url", url)));
    assertEquals(words, sink.trouble());
    assertEquals(words, assertThrows(IOException.class, () -> deliver(sink, 1)).getMessage());
    Configured hook = new Configured("sink 'hook'", "uniass.sink.webhook", Map.of("url", url));
    assertEquals(
        Optional.of("sink 'hook': url: " + words), new WebhookCheck().fault(List.of(hook)));
    for (String wrong : List.of("host/verdict", "http:///verdict", "not an address")) {
      assertThrows(IOException.class, () -> WebhookSink.address(wrong), wrong);
    }
  }

  @Test
  void heatMapsAreWrittenAndTheOldestGo() throws Exception {
    Path out = folder.resolve("heat");
    Map<String, Object> values = Map.of("folder", out.toString(), "files", 2);
    HeatMapsSink sink = new HeatMapsSink(Configs.of(HeatMapsConfig.class, values));
    for (int i = 1; i <= 3; i++) {
      sink.deliver(Samples.result(id(i)), Optional.of(new Drawn()));
    }
    sink.deliver(Samples.result(id(4)), Optional.empty());
    HeatMapsSink again = new HeatMapsSink(Configs.of(HeatMapsConfig.class, values));
    again.deliver(Samples.result(id(5)), Optional.of(new Drawn()));
    again.deliver(Samples.result(id(5)), Optional.of(new Drawn()));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of(".uniass-results", id(3) + "-line3.png", id(5) + "-line3.png"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  /** Evidence of which only the overlay is asked for. */
  private static final class Drawn implements Evidence {
    @Override
    public byte[] image() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
      throw new UnsupportedOperationException();
    }

    @Override
    public AnomalyMap map() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] heatMap() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> mask() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] overlay() {
      return new byte[] {1};
    }
  }

  @Test
  void eventsCarryTheResult() throws Exception {
    List<Event> sent = new ArrayList<>();
    EventAdmin admin =
        new EventAdmin() {
          @Override
          public void postEvent(Event event) {
            sent.add(event);
          }

          @Override
          public void sendEvent(Event event) {
            throw new UnsupportedOperationException();
          }
        };
    new EventsSink(admin).deliver(Samples.result(id(1), "hall.2"), Optional.empty());
    assertEquals("uniass/verdict/hall_2", sent.get(0).getTopic());
    assertEquals("anomalous", sent.get(0).getProperty("verdict"));
    assertEquals(0.25, sent.get(0).getProperty("threshold"));
    assertEquals("hall.2", sent.get(0).getProperty("station"));
  }
}
