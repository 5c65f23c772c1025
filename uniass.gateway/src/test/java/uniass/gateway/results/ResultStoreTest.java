/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import uniass.api.data.AnomalyMap;
import uniass.api.inspection.Prediction.Verdict;
import uniass.gateway.InspectionResult;
import uniass.gateway.ModelVersion;
import uniass.gateway.Results.Feedback;
import uniass.gateway.Timings;
import uniass.gateway.VerdictSink;
import uniass.gateway.config.GatewayConfig;
import uniass.gateway.testing.Configs;

class ResultStoreTest {

  private static ResultStore store(int results, int megabytes) {
    return new ResultStore(
        null, Configs.of(GatewayConfig.class, Map.of("results", results, "evidence", megabytes)));
  }

  private static InspectionResult result(String id) {
    return new InspectionResult(
        id,
        "line3",
        new ModelVersion("m", "1", "00"),
        Instant.EPOCH,
        0.5,
        OptionalDouble.empty(),
        Verdict.UNDECIDED,
        List.of(),
        10,
        20,
        new Timings(1, 2, 3, 4, 10));
  }

  private static InspectionResult publish(ResultStore store) {
    return store.publish(ResultStoreTest::result, Optional.empty());
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
        ids.add(store.publish(ResultStoreTest::result, Optional.of(seen)).id());
      }
      assertTrue(store.evidence(ids.get(0)).isEmpty());
      assertTrue(store.evidence(ids.get(1)).isPresent());
      Seen tooLarge = new Seen("x", new byte[2_000_000], new AnomalyMap(1, 1, new float[1]));
      String id = store.publish(ResultStoreTest::result, Optional.of(tooLarge)).id();
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
      store.addSink((result, evidence) -> lamp.add(result.id()), Map.of(VerdictSink.NAME, "lamp"));
      store.addSink(failing, Map.of(VerdictSink.NAME, "plc"));
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
      store.removeSink(failing);
      publish(store);
      await(() -> lamp.size() == 6);
      assertEquals(5, plc.size());
    }
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
