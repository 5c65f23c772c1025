/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.score;

import java.util.List;
import java.util.Optional;
import uniass.api.metric.Scores;

/** What a user should know beside the metric values. */
public final class MetricNotes {

  private MetricNotes() {}

  /** Names each metric that is not defined for some categories. */
  public static List<String> undefined(Scores scores) {
    return scores.means().stream()
        .filter(m -> m.defined() < m.categories())
        .map(
            m ->
                m.metric()
                    + " is defined for "
                    + m.defined()
                    + " of "
                    + m.categories()
                    + " categories; its mean is over those")
        .toList();
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
