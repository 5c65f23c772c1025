/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Scores;
import uniass.api.metric.Scores.ImageResult;
import uniass.api.metric.Threshold;

class VerdictsTest {

  private static final List<ImageResult> IMAGES =
      List.of(
          score("nut", false, 1),
          score("nut", false, 5),
          score("nut", true, 4),
          score("nut", true, 6),
          score("nut", true, 7),
          score("cap", false, 2));

  private static ImageResult score(String category, boolean anomalous, double score) {
    return new ImageResult(category + "/" + score, category, "", anomalous, score);
  }

  private static Scores scores() {
    return new Scores(
        EvaluationProtocol.UNIASS,
        List.of(),
        List.of(group("cap"), group("nut")),
        List.of(),
        List.of(),
        Double.NaN,
        IMAGES);
  }

  private static Scores.Group group(String category) {
    return new Scores.Group(category, "", 0, 0, 0, 0, Map.of(), List.of(), null);
  }

  private static Threshold threshold(double value) {
    return new Threshold(value, 0.01, 0.95, 300, 0, 0.00995, true, 299);
  }

  @Test
  void countsUnderGivenThresholds() {
    Verdicts verdicts = new Verdicts(scores(), Map.of("*", threshold(5), "cap", threshold(3)));
    assertEquals(new Verdicts.Confusion(2, 1, 1, 1), verdicts.confusion("nut"));
    assertEquals(new Verdicts.Confusion(0, 0, 0, 1), verdicts.confusion("cap"));
    assertEquals(new Verdicts.Confusion(2, 1, 1, 2), verdicts.all());
    assertEquals(List.of(IMAGES.get(2), IMAGES.get(1)), verdicts.wrong());
    assertEquals("false alarm", verdicts.word("nut", false, 5));
    assertFalse(verdicts.chosenHere());
  }

  @Test
  void theCommonThresholdJudgesAllCategories() {
    Map<String, Threshold> thresholds =
        Map.of("*", threshold(5), "cap", threshold(1), "nut", threshold(4));
    Verdicts own = new Verdicts(scores(), thresholds);
    assertEquals(new Verdicts.Confusion(3, 0, 1, 1), own.confusion("nut"));
    assertEquals("false alarm", own.word("cap", false, 2));
    Verdicts common = Verdicts.common(scores(), thresholds).orElseThrow();
    assertEquals(new Verdicts.Confusion(2, 1, 1, 1), common.confusion("nut"));
    assertEquals("passed", common.word("cap", false, 2));
    assertEquals(5, common.threshold("cap"));
    assertTrue(Verdicts.common(scores(), Map.of("nut", threshold(4))).isEmpty());
    assertTrue(Verdicts.common(scores(), Map.of()).isEmpty());
  }

  @Test
  void theCommonThresholdOfOneCategoryIsNoOther() {
    Scores one =
        new Scores(
            EvaluationProtocol.UNIASS,
            List.of(),
            List.of(group("nut")),
            List.of(),
            List.of(),
            Double.NaN,
            IMAGES);
    assertTrue(Verdicts.common(one, Map.of("*", threshold(5), "nut", threshold(5))).isEmpty());
    assertTrue(Verdicts.common(one, Map.of("*", threshold(5), "nut", threshold(4))).isPresent());
  }

  @Test
  void takesTheHighestF1WithoutThresholds() {
    Verdicts verdicts = new Verdicts(scores(), Map.of());
    // at 4: precision 3/4, recall 1; F1 6/7. At 6: precision 1, recall 2/3; F1 4/5.
    assertEquals(4, verdicts.threshold("nut"));
    assertTrue(verdicts.chosenHere());
    assertTrue(Double.isNaN(verdicts.threshold("cap")), "has no anomalous image");
    assertEquals(new Verdicts.Confusion(0, 0, 0, 0), verdicts.confusion("cap"));
    assertEquals("", verdicts.word("cap", false, 2));
  }

  private static Threshold threshold(double value, double location, double scale) {
    return new Threshold(
        value, 0.05, 0.5, 48, 0, 0.01, true, 14, location, scale, new TreeMap<>(Map.of(0.1, 4.0)));
  }

  @Test
  void aThresholdOnNormalizedScoresLiesElsewhereInEachCategory() {
    Map<String, Threshold> thresholds =
        Map.of("*", threshold(5), "cap", threshold(3, 1, 1), "nut", threshold(7, 2, 2));
    Verdicts common = Verdicts.normalized(scores(), thresholds, 1.5).orElseThrow();
    assertEquals(2.5, common.threshold("cap"));
    assertEquals(5, common.threshold("nut"));
    assertEquals(new Verdicts.Confusion(2, 1, 1, 1), common.confusion("nut"));
    assertTrue(Verdicts.normalized(scores(), thresholds, Double.NaN).isEmpty());
    Map<String, Threshold> older = Map.of("*", threshold(5), "cap", threshold(3));
    assertTrue(Verdicts.normalized(scores(), older, 1.5).isEmpty(), "no spread is known");
  }

  @Test
  void otherRatesAndWhatCatchesAll() {
    Verdicts own =
        new Verdicts(scores(), Map.of("cap", threshold(3, 1, 1), "nut", threshold(7, 2, 2)));
    assertEquals(new Verdicts.Confusion(1, 2, 0, 2), own.confusion("nut"));
    assertEquals(Set.of(0.1), own.rates());
    assertEquals(new Verdicts.Confusion(3, 0, 1, 1), own.atRate(0.1).confusion("nut"));
    assertEquals(new Verdicts.Confusion(3, 0, 1, 1), own.catchingAll("nut"));
    assertEquals(new Verdicts.Confusion(0, 0, 0, 1), own.catchingAll("cap"));
  }
}
