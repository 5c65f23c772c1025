/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.ComponentServiceObjects;
import uniass.api.data.AnomalyMap;
import uniass.gateway.InspectionResult;
import uniass.gateway.Results.Feedback;
import uniass.gateway.VerdictSink;
import uniass.gateway.config.GatewaySettings;
import uniass.gateway.testing.Configs;
import uniass.gateway.testing.Samples;
import uniass.gateway.testing.Services;

class ResultStoreTest {

  private static ResultStore store(int results, int megabytes) {
    return new ResultStore(
        null,
        Configs.gateway(Map.of("results", results, "evidence", megabytes)),
        Services.undeclared());
  }

  private static InspectionResult publish(ResultStore store) {
    return store.publish(Samples::result, Optional.empty());
  }

  @Test
  void theOldestAreForgotten() {
    try (var closing = new Closing(store(3, 1))) {
      ResultStore store = closing.store();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(publish(store).id());
      }
      assertEquals(ids.stream().sorted().distinct().toList(), ids);
      assertEquals(ids.subList(2, 5), store.latest(9).stream().map(InspectionResult::id).toList());
      assertEquals(
          ids.subList(4, 5),
          store.after(ids.get(3), 9).stream().map(InspectionResult::id).toList());
      assertFalse(store.judge(ids.get(0), Feedback.GOOD));
      assertTrue(store.judge(ids.get(4), Feedback.MISSED));
      assertEquals(Optional.of(Feedback.MISSED), store.feedback(ids.get(4)));
    }
  }

  private static ComponentServiceObjects<VerdictSink> sink(VerdictSink sink, String name) {
    return Services.of(sink, Map.of(VerdictSink.NAME, name));
  }

  private record Closing(ResultStore store) implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }
  }

  @Test
  void evidenceHasALimitInBytes() {
    try (var closing = new Closing(store(100, 1))) {
      ResultStore store = closing.store();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Seen seen = new Seen("x", new byte[300_000], new AnomalyMap(10, 10, new float[100]));
        ids.add(store.publish(Samples::result, Optional.of(seen)).id());
      }
      assertTrue(store.evidence(ids.get(0)).isEmpty());
      assertTrue(store.evidence(ids.get(1)).isPresent());
      Seen tooLarge = new Seen("x", new byte[2_000_000], new AnomalyMap(1, 1, new float[1]));
      String id = store.publish(Samples::result, Optional.of(tooLarge)).id();
      assertTrue(store.evidence(id).isEmpty());
      assertTrue(store.find(id).isPresent());
    }
  }

  @Test
  void aFailingSinkIsTriedAgainInOrderAndHoldsUpNobody() throws Exception {
    try (var closing = new Closing(store(100, 1))) {
      ResultStore store = closing.store();
      List<String> lamp = new CopyOnWriteArrayList<>();
      List<String> plc = new CopyOnWriteArrayList<>();
      CountDownLatch repaired = new CountDownLatch(1);
      VerdictSink failing =
          (result, evidence) -> {
            if (repaired.getCount() > 0) {
              throw new IOException("no connection");
            }
            plc.add(result.id());
          };
      store.addSink(sink((result, seen) -> lamp.add(result.id()), "lamp"));
      ComponentServiceObjects<VerdictSink> plcSink = sink(failing, "plc");
      store.addSink(plcSink);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(publish(store).id());
      }
      await(() -> lamp.equals(ids));
      await(() -> status(store, "plc").failure().equals("no connection"));
      assertEquals(5, status(store, "plc").waiting());
      repaired.countDown();
      await(() -> plc.equals(ids));
      await(() -> status(store, "plc").delivered() == 5);
      assertEquals("", status(store, "plc").failure());
      store.removeSink(plcSink);
      publish(store);
      await(() -> lamp.size() == 6);
      assertEquals(5, plc.size());
    }
  }

  @Test
  void whatASinkHasNotTakenSurvivesTheProcess(@TempDir Path state) throws Exception {
    List<String> ids = new ArrayList<>();
    GatewaySettings settings = Configs.gateway(Map.of("state", state.toString()));
    try (var closing = new Closing(new ResultStore(null, settings, Services.undeclared()))) {
      ResultStore store = closing.store();
      store.addSink(
          sink(
              (result, seen) -> {
                throw new IOException("no connection");
              },
              "../plc"));
      for (int i = 0; i < 3; i++) {
        ids.add(publish(store).id());
      }
      await(() -> !store.sinks().get(0).failure().isEmpty());
    }
    Files.writeString(state.resolve("sinks/_._plc/" + ids.get(1) + ".json"), "{ cut o");
    ids.remove(1);
    List<InspectionResult> taken = new CopyOnWriteArrayList<>();
    try (var closing = new Closing(new ResultStore(null, settings, Services.undeclared()))) {
      ResultStore store = closing.store();
      store.addSink(sink((result, seen) -> taken.add(result), "../plc"));
      String later = publish(store).id();
      assertTrue(later.compareTo(ids.get(1)) > 0);
      ids.add(later);
      await(() -> taken.size() == 3);
      assertEquals(ids, taken.stream().map(InspectionResult::id).toList());
      assertEquals(Samples.result(ids.get(0)), taken.get(0));
      await(() -> store.sinks().get(0).waiting() == 0);
    }
    try (var left = Files.list(state.resolve("sinks/_._plc"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void resultsImagesAndFeedbackSurviveTheProcess(@TempDir Path state) throws Exception {
    GatewaySettings settings = Configs.gateway(Map.of("state", state.toString(), "results", 3));
    List<String> ids = new ArrayList<>();
    Seen seen = new Seen("x", new byte[] {1, 2, 3}, new AnomalyMap(1, 2, new float[] {4, 5}));
    try (var closing = new Closing(new ResultStore(null, settings, Services.undeclared()))) {
      for (int i = 0; i < 9; i++) { // the file is written anew meanwhile
        ids.add(closing.store().publish(Samples::result, Optional.of(seen)).id());
        if (i == 1) {
          assertTrue(closing.store().judge(ids.get(1), Feedback.GOOD));
        }
      }
      assertTrue(closing.store().judge(ids.get(8), Feedback.MISSED));
    }
    Path file = state.resolve("results.jsonl");
    Files.writeString(file, Files.readString(file) + "{\"id\": \"cut o");
    Files.writeString(state.resolve("images/" + ids.get(7) + ".seen"), "damaged");
    try (var closing = new Closing(new ResultStore(null, settings, Services.undeclared()))) {
      ResultStore store = closing.store();
      List<InspectionResult> kept = store.latest(9);
      assertEquals(ids.subList(6, 9), kept.stream().map(InspectionResult::id).toList());
      assertEquals(Samples.result(ids.get(8)), kept.get(2));
      assertEquals(Optional.of(Feedback.MISSED), store.feedback(ids.get(8)));
      assertArrayEquals(seen.image(), store.evidence(ids.get(6)).orElseThrow().image());
      assertArrayEquals(
          seen.map().values(), store.evidence(ids.get(6)).orElseThrow().map().values());
      assertTrue(store.evidence(ids.get(7)).isEmpty());
      assertTrue(store.find(ids.get(0)).isEmpty());
      List<InspectionResult> good = store.judged("line3", Feedback.GOOD, 9);
      assertEquals(List.of(Samples.result(ids.get(1))), good, "what was judged is kept longer");
      assertArrayEquals(seen.image(), store.evidence(ids.get(1)).orElseThrow().image());
      assertEquals(List.of(), store.judged("line4", Feedback.GOOD, 9));
      String later = store.publish(Samples::result, Optional.empty()).id();
      assertTrue(later.compareTo(ids.get(8)) > 0);
    }
  }

  @Test
  void aSinkMayTakeTheResultsOfSomeStations() throws Exception {
    try (var closing = new Closing(store(100, 1))) {
      ResultStore store = closing.store();
      List<String> taken = new CopyOnWriteArrayList<>();
      VerdictSink sink = (result, seen) -> taken.add(result.station());
      store.addSink(
          Services.of(
              sink, Map.of(VerdictSink.NAME, "x", VerdictSink.STATIONS, new String[] {"b"})));
      for (String station : List.of("a", "b", "c", "b")) {
        store.publish(id -> Samples.result(id, station), Optional.empty());
      }
      await(() -> taken.size() == 2);
      assertEquals(List.of("b", "b"), taken);
    }
  }

  @Test
  void idsOfALaterProcessAreLargerEvenIfTheClockIsSetBack(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("next-id");
    String tomorrow = "%016x".formatted((System.currentTimeMillis() + 86_400_000) * 4096);
    Files.writeString(file, tomorrow);
    String next = new Ids(Optional.of(file)).next();
    assertTrue(next.compareTo(tomorrow) > 0);
    assertTrue(new Ids(Optional.of(file)).next().compareTo(next) > 0);
    Files.writeString(file, "damaged");
    assertEquals(16, new Ids(Optional.of(file)).next().length());
  }

  private static SinkStatus status(ResultStore store, String name) {
    return store.sinks().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private interface Condition {
    boolean holds();
  }

  /** Waits; a test that waits in vain is ended from outside. */
  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      Thread.sleep(5);
    }
  }
}
