/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.api.metric.Threshold;

class ThresholdJsonTest {

  @Test
  void jsonKeepsEveryDigit() {
    Map<String, Threshold> all =
        Map.of(
            "*",
            new Threshold(1 / 3.0, 0.01, 0.9, 77, 0, 0.03, false, 300),
            "screw",
            new Threshold(
                0.1f,
                0.05,
                0.5,
                48,
                1,
                0.04,
                true,
                14,
                1 / 7.0,
                0.01,
                new TreeMap<>(Map.of(0.01, 2 / 3.0, 0.1, 0.2))));
    assertEquals(all, ThresholdJson.thresholds(ThresholdJson.of(all)));
  }

  /** As models from before this version have it. */
  @Test
  void olderModelsReadAsBefore() {
    String older =
        "{\"*\":{\"value\":0.25,\"false-alarm-rate\":0.01,\"confidence\":0.95,\"pictures\":48,"
            + "\"alarms\":0,\"upper-bound\":0.06,\"supported\":false,\"needed\":299}}";
    Threshold threshold = ThresholdJson.thresholds(older).get("*");
    assertEquals(new Threshold(0.25, 0.01, 0.95, 48, 0, 0.06, false, 299), threshold);
    assertTrue(threshold.anomalous(0.25));
    assertFalse(threshold.anomalous(Math.nextDown(0.25)));
  }

  @Test
  void whatIsDamagedIsSaidInOneLine() {
    for (String damaged : List.of("[1]", "{\"*\": {}}", "{")) {
      String message =
          assertThrows(UniassException.class, () -> ThresholdJson.thresholds(damaged)).getMessage();
      assertFalse(message.contains("\n"));
    }
    assertThrows(UniassException.class, () -> CalibrationSummary.of("[1]"));
  }

  @Test
  void theSummaryKeepsWhatItSays() {
    CalibrationSummary summary =
        new CalibrationSummary(
            "tail",
            "top-1-percent",
            "assumes",
            60,
            228,
            1.5e-6,
            3.25,
            Map.of("cap", List.of("cap/a.png")),
            List.of("few"));
    assertEquals(summary, CalibrationSummary.of(summary.toJson()));
  }
}
