/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to expect of thresholds just above the highest of few scores. Of n + 1 exchangeable images
 * each is as likely as any other to score highest, so that 1 in n + 1 normal images alarms on
 * average, whatever the scores' distribution: more than the rate wanted if n is less than 1 / rate
 * - 1.
 */
final class FewImages {

  private static final int NAMED = 3;
  private static final double ROUNDING = 1e-9;

  private final Map<String, Integer> images = new TreeMap<>();
  private final double rate;

  FewImages(double rate) {
    this.rate = rate;
  }

  /** Notes a category with its scores, ascending, and the threshold that was fitted to them. */
  void add(String category, double[] scores, double threshold) {
    if (threshold == Math.nextUp((float) scores[scores.length - 1]) && scores.length < needed()) {
      images.put(category, scores.length);
    }
  }

  private int needed() {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(1 / rate - 1 - ROUNDING));
  }

  /** A line for the user, if a category has too few. */
  Optional<String> note() {
    if (images.isEmpty()) {
      return Optional.empty();
    }
    int fewest = images.values().stream().min(Integer::compare).orElseThrow();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: calibrated with %d normal images%s, so that 1 in %d normal images (%.2g %%) alarms"
                + " on average, more than the rate of %s; that takes %d to calibrate with"
                + " (more images, or a larger calibrate.held-out)",
            names(),
            fewest,
            images.values().stream().anyMatch(n -> n != fewest) ? " or a few more" : "",
            fewest + 1,
            100.0 / (fewest + 1),
            rate,
            needed()));
  }

  private String names() {
    List<String> some = images.keySet().stream().limit(NAMED).toList();
    int more = images.size() - some.size();
    return (images.size() == 1 ? "category " : "categories ")
        + String.join(", ", some)
        + (more > 0 ? " and " + more + " more" : "");
  }
}
