/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.StationStatus;
import uniass.gateway.StationStatus.State;
import uniass.gateway.testing.Gateway;
import uniass.gateway.testing.TinyModel;

/** Stations with a real model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StationsTest {

  private static final int FLOOD = 300;

  private final TinyModel models = new TinyModel();
  private Path plain;
  private Path calibrated;
  private Path image;
  private Prediction expected;
  private Gateway gateway;

  @BeforeAll
  void write(@TempDir Path shared) throws Exception {
    plain = models.write(shared.resolve("plain.safetensors"));
    image = Files.write(shared.resolve("image.png"), TinyModel.image(7));
    try (Inspector inspector =
        models.rig().inspection().open(plain, InspectionOptions.defaults())) {
      expected = inspector.inspect(image);
    }
    double score = expected.score();
    calibrated = models.write(shared.resolve("calibrated.safetensors"), score * 0.9, score * 1.1);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private void start(Map<String, Object> values) {
    gateway = new Gateway(models, values);
  }

  private InspectionResult inspect(String station, int number) throws Exception {
    return gateway
        .stations()
        .submit(station, "image", TinyModel.image(number))
        .get(1, TimeUnit.MINUTES);
  }

  @Test
  void aStationFindsWhatAnInspectorFinds() throws Exception {
    start(Map.of());
    gateway.station("a", calibrated, Map.of());
    InspectionResult result = inspect("a", 7);
    assertEquals(expected.score(), result.score());
    assertArrayEquals(
        expected.map().values(),
        gateway.results().evidence(result.id()).orElseThrow().map().values());
    assertEquals(Verdict.ANOMALOUS, result.verdict());
    assertEquals(expected.score() * 0.9, result.threshold().orElseThrow(), 1e-12);
    assertEquals(1 / 0.9, result.normalizedScore().orElseThrow(), 1e-9);
    assertEquals(result.score(), result.regions().get(0).peak());
    assertEquals(48, result.imageWidth());
    assertEquals(40, result.imageHeight());
    assertEquals("tiny", result.model().name());
    assertEquals(64, result.model().checksum().length());
    assertEquals(result, gateway.results().find(result.id()).orElseThrow());
  }

  @Test
  void stationsWithOneModelShareItAndDecideByThresholdsOfTheirOwn() throws Exception {
    start(Map.of());
    gateway.station("common", calibrated, Map.of());
    gateway.station("dots", calibrated, Map.of("category", "dots"));
    assertEquals(Verdict.ANOMALOUS, inspect("common", 7).verdict());
    InspectionResult other = inspect("dots", 7);
    assertEquals(Verdict.NORMAL, other.verdict());
    assertEquals(List.of(), other.regions());
    List<CompletableFuture<InspectionResult>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(
          gateway.stations().submit(i % 2 == 0 ? "common" : "dots", "image", TinyModel.image(i)));
    }
    for (CompletableFuture<InspectionResult> one : all) {
      one.get(1, TimeUnit.MINUTES);
    }
    long batches =
        gateway.stations().stations().stream()
            .flatMapToLong(s -> java.util.Arrays.stream(s.counters().batches().counts()))
            .sum();
    assertTrue(batches < 18, "18 images in " + batches + " batches");
  }

  @Test
  void aModelWithoutThresholdsScoresAndSaysSo() throws Exception {
    start(Map.of());
    gateway.station("plain", plain, Map.of());
    InspectionResult result = inspect("plain", 7);
    assertEquals(expected.score(), result.score());
    assertEquals(Verdict.UNDECIDED, result.verdict());
    assertTrue(result.threshold().isEmpty());
    assertTrue(gateway.stations().list().get(0).detail().contains("no thresholds"));
  }

  @Test
  void aWrongStationIsShownWithTheReasonAndOthersGoOn() throws Exception {
    start(Map.of());
    gateway.station("a", calibrated, Map.of("category", "bottles"));
    gateway.station("b", "there is no such file", Map.of());
    gateway.station("c", image, Map.of());
    gateway.station("d", calibrated, Map.of("overload", "cry"));
    gateway.station("e", calibrated, Map.of());
    List<StationStatus> all = gateway.stations().list();
    assertEquals(
        List.of(State.FAILED, State.FAILED, State.FAILED, State.FAILED, State.READY),
        all.stream().map(StationStatus::state).toList());
    assertTrue(all.get(0).detail().contains("'bottles'"), all.get(0).detail());
    assertTrue(all.get(1).detail().contains("there is no file"), all.get(1).detail());
    assertTrue(all.get(3).detail().contains("choices: refuse, drop-oldest"), all.get(3).detail());
    assertEquals(Reason.NOT_READY, refusal("a").reason());
    assertEquals(Reason.UNKNOWN_STATION, refusal("z").reason());
    assertEquals(Verdict.ANOMALOUS, inspect("e", 7).verdict());
  }

  private RefusedException refusal(String station) {
    return assertThrows(
        RefusedException.class,
        () -> gateway.stations().submit(station, "image", TinyModel.image(1)));
  }

  private Reason failure(CompletableFuture<InspectionResult> future) throws Exception {
    try {
      future.get(1, TimeUnit.MINUTES);
      return null;
    } catch (ExecutionException e) {
      return ((RefusedException) e.getCause()).reason();
    }
  }

  @Test
  void whatIsNotAnImageIsRefusedAndNothingElse() throws Exception {
    start(Map.of("megapixels", 1));
    gateway.station("a", calibrated, Map.of());
    byte[] cut = java.util.Arrays.copyOf(TinyModel.image(1), 60);
    assertEquals(Reason.NOT_AN_IMAGE, failure(gateway.stations().submit("a", "cut", cut)));
    assertEquals(
        Reason.NOT_AN_IMAGE, failure(gateway.stations().submit("a", "empty", new byte[0])));
    byte[] huge = TinyModel.image(1); // the header claims 65535 x 65535 pixels
    System.arraycopy(new byte[] {0, 0, -1, -1, 0, 0, -1, -1}, 0, huge, 16, 8);
    assertEquals(Reason.NOT_AN_IMAGE, failure(gateway.stations().submit("a", "huge", huge)));
    assertEquals(Verdict.ANOMALOUS, inspect("a", 7).verdict());
  }

  @Test
  void aFullQueueRefusesAndSaysWhenToTryAgain() throws Exception {
    start(Map.of());
    gateway.station("a", calibrated, Map.of("queue", 2));
    List<CompletableFuture<InspectionResult>> taken = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < FLOOD; i++) {
      try {
        taken.add(gateway.stations().submit("a", "image", TinyModel.image(0)));
      } catch (RefusedException e) {
        assertEquals(Reason.FULL, e.reason());
        assertTrue(e.retryAfter().toSeconds() >= 1);
        refused++;
      }
    }
    assertTrue(refused > 0);
    for (CompletableFuture<InspectionResult> one : taken) {
      one.get(1, TimeUnit.MINUTES);
    }
    Counters counters = gateway.stations().stations().get(0).counters();
    assertEquals(refused, counters.refusals(Reason.FULL));
    assertEquals(FLOOD - refused, counted(counters));
  }

  private static long counted(Counters counters) {
    return counters.verdicts(Verdict.NORMAL) + counters.verdicts(Verdict.ANOMALOUS);
  }

  @Test
  void aFullQueueDropsTheOldestIfItIsConfiguredSo() throws Exception {
    start(Map.of());
    gateway.station("a", calibrated, Map.of("queue", 2, "overload", "drop-oldest"));
    List<CompletableFuture<InspectionResult>> all = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      all.add(gateway.stations().submit("a", "image", TinyModel.image(0)));
    }
    int dropped = 0;
    for (CompletableFuture<InspectionResult> one : all) {
      Reason reason = failure(one);
      if (reason != null) {
        assertEquals(Reason.DROPPED, reason);
        dropped++;
      }
    }
    assertTrue(dropped > 0);
    assertFalse(all.get(FLOOD - 1).isCompletedExceptionally());
    Counters counters = gateway.stations().stations().get(0).counters();
    assertEquals(dropped, counters.refusals(Reason.DROPPED));
    assertEquals(FLOOD - dropped, counted(counters));
  }

  @Test
  void imagesThatWaitTooLongAreLate() throws Exception {
    start(Map.of());
    gateway.station("a", calibrated, Map.of("queue", FLOOD, "deadline", 1));
    List<CompletableFuture<InspectionResult>> all = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      all.add(gateway.stations().submit("a", "image", TinyModel.image(0)));
    }
    int late = 0;
    for (CompletableFuture<InspectionResult> one : all) {
      late += failure(one) == Reason.LATE ? 1 : 0;
    }
    assertTrue(late > 0);
  }

  @Test
  void aStationThatGoesEndsWhatWaits() throws Exception {
    start(Map.of());
    StationComponent going = gateway.station("a", calibrated, Map.of("queue", FLOOD));
    gateway.station("b", calibrated, Map.of());
    List<CompletableFuture<InspectionResult>> all = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      all.add(gateway.stations().submit("a", "image", TinyModel.image(0)));
    }
    going.stop();
    int refused = 0;
    for (CompletableFuture<InspectionResult> one : all) {
      refused += failure(one) == Reason.NOT_READY ? 1 : 0;
    }
    assertTrue(refused > 0);
    assertEquals(Reason.UNKNOWN_STATION, refusal("a").reason());
    assertEquals(Verdict.ANOMALOUS, inspect("b", 7).verdict());
  }

  @Test
  void evidenceIsKeptAsConfigured() throws Exception {
    start(Map.of("results", 3));
    gateway.station("anomalous", calibrated, Map.of("keep", "anomalous", "category", "dots"));
    gateway.station("all", calibrated, Map.of());
    InspectionResult normal = inspect("anomalous", 7);
    assertTrue(gateway.results().evidence(normal.id()).isEmpty());
    for (int i = 0; i < 3; i++) {
      InspectionResult result = inspect("all", i);
      assertTrue(gateway.results().evidence(result.id()).isPresent());
    }
    assertTrue(gateway.results().find(normal.id()).isEmpty());
    assertEquals(3, gateway.results().latest(10).size());
  }
}
