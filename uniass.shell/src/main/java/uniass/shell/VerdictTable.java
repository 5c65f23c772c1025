/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uniass.api.experiment.Experiments.CalibrationInfo;
import uniass.api.experiment.Experiments.EvaluationResult;
import uniass.api.experiment.Experiments.VerdictCounts;
import uniass.api.metric.ImageScore;

/** The verdicts of an evaluation, as JSON and as text. */
final class VerdictTable {

  private VerdictTable() {}

  /** The keys {@code verdicts} and {@code calibration}. */
  static Map<String, Object> json(EvaluationResult result) {
    List<Map<String, Object>> verdicts = new ArrayList<>();
    for (VerdictCounts counts : result.verdicts()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("category", counts.category().orElse(null));
      one.put("caught", counts.caught());
      one.put("missed", counts.missed());
      one.put("false-alarms", counts.falseAlarms());
      one.put("passed", counts.passed());
      one.put("threshold", counts.threshold());
      one.put("rate", counts.rate());
      verdicts.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("verdicts", verdicts);
    json.put(
        "calibration",
        result
            .calibration()
            .map(
                c ->
                    Map.<String, Object>of(
                        "method",
                        c.method(),
                        "held-out",
                        c.heldOut(),
                        "image-score",
                        c.imageScore()))
            .orElse(null));
    return json;
  }

  /** One line per category; empty without thresholds. */
  static String text(EvaluationResult result) {
    if (result.verdicts().isEmpty()) {
      return "";
    }
    TextTable table = new TextTable();
    table.row(List.of(title(result), "caught", "missed", "false alarms", "passed", "threshold"));
    for (VerdictCounts counts : result.verdicts()) {
      table.row(
          List.of(
              counts.category().orElse("all, by one threshold"),
              String.valueOf(counts.caught()),
              String.valueOf(counts.missed()),
              String.valueOf(counts.falseAlarms()),
              String.valueOf(counts.passed()),
              String.format(Locale.ROOT, "%.4g", counts.threshold())));
    }
    return table.text(false);
  }

  /** Says what decided, if that is not the largest pixel. */
  private static String title(EvaluationResult result) {
    return result
        .calibration()
        .map(CalibrationInfo::imageScore)
        .filter(score -> !score.equals(ImageScore.MAX.key()))
        .map(score -> "verdicts by " + score)
        .orElse("verdicts");
  }
}
