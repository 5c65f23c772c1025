/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.metric.ThresholdCalibrator.Calibrated;
import uniass.api.metric.ThresholdCalibrator.NormalScore;
import uniass.api.metric.ThresholdCalibrator.Options;
import uniass.api.metric.ThresholdMethod.Goal;

class CalibratorTest {

  private final Calibrator calibrator = new Calibrator();

  private static List<NormalScore> scores(String category, double size, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<NormalScore> scores = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double score = size * Math.exp(0.2 * random.nextGaussian());
      scores.add(new NormalScore(category + "/" + i + ".png", category, i >= 12, score));
    }
    return scores;
  }

  private Calibrated calibrate(List<NormalScore> scores, String method, double spread) {
    return calibrator.calibrate(scores, new Options(method, new Goal(0.05, 0.5), spread));
  }

  @Test
  void anOddImageIsSetAsideByNameAndDoesNotMoveTheThreshold() {
    List<NormalScore> scores = scores("cap", 1, 3);
    Calibrated clean = calibrate(scores, "order", 0);
    scores.add(new NormalScore("cap/odd.png", "cap", true, 12));
    Calibrated odd = calibrate(scores, "order", 0);
    assertEquals(clean.thresholds().get("cap").value(), odd.thresholds().get("cap").value(), 1e-3);
    assertEquals(1, odd.setAside().get("cap").size());
    assertEquals("cap/odd.png", odd.setAside().get("cap").get(0).path());
    assertTrue(odd.notes().get(0).contains("1 of 61 normal images set aside"), odd.notes().get(0));
    assertTrue(odd.notes().get(0).contains("cap/odd.png"));
    assertTrue(clean.setAside().isEmpty());
    assertTrue(clean.notes().isEmpty(), () -> clean.notes().toString());
  }

  @Test
  void scoresOfTrainedImagesAreRaisedToTheLevelOfHeldOutOnes() {
    List<NormalScore> scores =
        scores("cap", 1, 3).stream()
            .map(
                s ->
                    s.trained() ? s : new NormalScore(s.path(), s.category(), false, 2 * s.score()))
            .toList();
    Calibrated calibrated = calibrate(scores, "order", 0);
    double level = calibrated.thresholds().get("cap").location();
    assertTrue(level > 1.7 && level < 2.3, "median " + level);
    assertTrue(calibrated.notes().get(0).contains("times as high as trained ones"));
  }

  @Test
  void saysWhatFewImagesCannotKeep() {
    List<NormalScore> scores = new ArrayList<>(scores("cap", 1, 3).subList(0, 16));
    scores.addAll(scores("nut", 1, 4).subList(0, 19));
    String line =
        "category cap: 16 normal images to calibrate with, and a false-alarm rate of 0.05 at"
            + " confidence 0.5 takes 19; expect a false alarm in 17 normal images (5.9 %), or take"
            + " more good images";
    assertEquals(List.of(line), few(calibrate(scores, "tail", 0)));
    assertEquals(List.of(), few(calibrate(scores, "robust", 0)), "has another promise");
    Options usual = new Options("tail", new Goal(0.05, 0.5), 0);
    assertEquals(
        line, calibrator.foresee(Map.of("cap", 16, "nut", 19), usual).orElseThrow(), "as foreseen");
    SplittableRandom random = new SplittableRandom(8);
    int alarms = 0;
    for (int i = 0; i < 20_000; i++) {
      double[] sixteen = random.doubles(16).sorted().toArray();
      double threshold = new OrderMethod().fit(sixteen, new Goal(0.05, 0.5)).value();
      alarms += random.nextDouble() >= threshold ? 1 : 0;
    }
    assertEquals(1 / 17.0, alarms / 20_000.0, 0.006, "and that is so");
  }

  private static List<String> few(Calibrated calibrated) {
    return calibrated.notes().stream().filter(note -> note.contains("takes 19")).toList();
  }

  /** However many of them: what is foreseen is what is said, with one number. */
  @Test
  void whatIsSaidOfFewImagesWasForeseen() {
    for (String method : List.of("order", "tail")) {
      for (Goal goal : List.of(new Goal(0.05, 0.5), new Goal(0.01, 0.95), new Goal(0.1, 0.8))) {
        Options options = new Options(method, goal, 0);
        for (int count : new int[] {1, 8, 13, 14, 18, 19, 40}) {
          List<NormalScore> some = scores("cap", 1, 3).subList(0, count);
          assertEquals(
              calibrator.foresee(Map.of("cap", count), options).stream().toList(),
              calibrator.calibrate(some, options).notes(),
              method + " " + goal + " " + count);
        }
      }
    }
  }

  @Test
  void oneWildCategoryDoesNotBlindTheOthers() {
    List<NormalScore> scores = new ArrayList<>(scores("calm", 1, 3));
    scores.addAll(scores("wild", 100, 4));
    Calibrated calibrated = calibrate(scores, "order", 0);
    Threshold calm = calibrated.thresholds().get("calm");
    assertTrue(calibrated.thresholds().get(ThresholdCalibrator.ALL).value() > 50);
    assertTrue(calm.score(calibrated.common()) < 2);
    assertEquals(calibrated.common(), calm.normalized(calm.score(calibrated.common())), 1e-9);
  }

  /** Whatever happens to a score's last digits, its image stays on its side. */
  @Test
  void noCalibrationScoreLiesWithinTheNumericalSpreadOfAThreshold() {
    for (String method : calibrator.methods().keySet()) {
      for (double spread : new double[] {0, 1e-6, 1e-4}) {
        List<NormalScore> scores = new ArrayList<>(scores("cap", 1, 5));
        scores.addAll(scores("nut", 3, 6));
        Calibrated calibrated = calibrate(scores, method, spread);
        for (NormalScore score : scores) {
          for (String key : List.of(score.category(), ThresholdCalibrator.ALL)) {
            Threshold threshold = calibrated.thresholds().get(key);
            List<Double> values = new ArrayList<>(threshold.atRates().values());
            values.add(threshold.value());
            for (double value : values) {
              boolean verdict = score.score() >= value;
              double most = Math.max(5e-6, 4 * spread);
              assertEquals(verdict, score.score() * (1 + most) >= value, method);
              assertEquals(verdict, score.score() * (1 - most) >= value, method);
            }
          }
        }
      }
    }
  }

  @Test
  void thresholdsForOtherRatesFall() {
    for (String method : calibrator.methods().keySet()) {
      var atRates = calibrate(scores("cap", 1, 3), method, 0).thresholds().get("cap").atRates();
      assertEquals(List.copyOf(atRates.keySet()), List.of(0.01, 0.05, 0.1));
      assertTrue(atRates.get(0.01) >= atRates.get(0.05), method);
      assertTrue(atRates.get(0.05) >= atRates.get(0.1), method);
    }
  }

  @Test
  void nonsenseIsRefusedInOneLine() {
    List<NormalScore> one = List.of(new NormalScore("a.png", "a", true, 1));
    Map<String, Runnable> wrong =
        Map.of(
            "there are none", () -> calibrate(List.of(), "order", 0),
            "a.png",
                () ->
                    calibrate(List.of(new NormalScore("a.png", "a", true, Double.NaN)), "order", 0),
            "order, robust, tail", () -> calibrate(one, "ordre", 0),
            "false-alarm rate 0.0",
                () -> calibrator.calibrate(one, new Options("order", new Goal(0, 0.9), 0)),
            "confidence 1.0",
                () -> calibrator.calibrate(one, new Options("order", new Goal(0.1, 1), 0)));
    wrong.forEach(
        (part, call) -> {
          String message = assertThrows(UniassException.class, call::run).getMessage();
          assertTrue(message.contains(part), message);
          assertFalse(message.contains("\n"));
        });
  }

  @Test
  void aSingleImageGetsAThresholdThatSaysHowLittleItIsWorth() {
    Threshold threshold =
        calibrate(List.of(new NormalScore("a.png", "a", true, 1)), "tail", 0).thresholds().get("a");
    assertFalse(threshold.supported());
    assertFalse(threshold.anomalous(1));
    assertTrue(threshold.describe().contains("needed"), threshold.describe());
  }
}
