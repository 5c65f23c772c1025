/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.metric.ThresholdMethod.Goal;

/**
 * Says in one line which thresholds rest on too few scores to keep the rate wanted, and what to
 * expect of them: a threshold just above the highest of n scores lets 1 in n + 1 normal images
 * alarm on average, whatever the scores' distribution.
 */
final class FewImages {

  private static final int NAMED = 3;

  private final Map<String, Integer> images = new TreeMap<>();
  private final Goal goal;
  private int needed;

  FewImages(Goal goal) {
    this.goal = goal;
  }

  /** Notes a category that has fewer images than are needed. */
  void add(String category, int count, int fewest) {
    if (count < fewest) {
      images.put(category, count);
      needed = Math.max(needed, fewest);
    }
  }

  /** A line for the user, if a category has too few. */
  Optional<String> note() {
    if (images.isEmpty()) {
      return Optional.empty();
    }
    int fewest = images.values().stream().min(Integer::compare).orElseThrow();
    boolean several = images.values().stream().anyMatch(n -> n != fewest);
    double expected = 1.0 / (fewest + 1);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: %d normal images%s to calibrate with, and a false-alarm rate of %s at confidence"
                + " %s takes %d; %stake more good images",
            names(),
            fewest,
            several ? " or a few more" : "",
            goal.falseAlarmRate(),
            goal.confidence(),
            needed,
            expected > goal.falseAlarmRate()
                ? String.format(
                    Locale.ROOT,
                    "expect a false alarm in %d normal images (%.2g %%), or ",
                    fewest + 1,
                    100 * expected)
                : ""));
  }

  private String names() {
    List<String> some = images.keySet().stream().limit(NAMED).toList();
    int more = images.size() - some.size();
    return (images.size() == 1 ? "category " : "categories ")
        + String.join(", ", some)
        + (more > 0 ? " and " + more + " more" : "");
  }
}
