/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.metric.Scores;

/** What a user should know beside the metric values. */
public final class MetricNotes {

  private MetricNotes() {}

  /** Names the metrics that are not defined for some categories, in a line per number of these. */
  public static List<String> undefined(Scores scores) {
    Map<String, List<String>> metrics = new LinkedHashMap<>();
    scores.means().stream()
        .filter(m -> m.defined() < m.categories())
        .forEach(
            m ->
                metrics
                    .computeIfAbsent(where(m.defined(), m.categories()), k -> new ArrayList<>())
                    .add(m.metric()));
    return metrics.entrySet().stream()
        .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
        .toList();
  }

  private static String where(int defined, int categories) {
    return defined == 0
        ? "not defined; this takes normal and anomalous test images, and for pixels masks"
        : "defined for " + defined + " of " + categories + " categories; the mean is over those";
  }

  /**
   * Says how many images have no mask, though others have.
   *
   * @param count images without a mask
   * @param images test images
   */
  public static Optional<String> unmasked(int count, int images) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            count
                + " of "
                + images
                + " test images have no mask, so they do not count in the pixels' metrics");
  }
}
