/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import uniass.api.metric.MetricValue;
import uniass.api.metric.Scores;

/** Which metric counts most, and which categories are weak by it. */
final class Ranking {

  /** The most telling metric of segmentation first. */
  private static final List<String> TELLING =
      List.of("pixel-ap", "aupro", "pixel-f1-max", "dice", "pixel-auroc", "image-auroc");

  private static final int MOST_WEAK = 3;

  private final Scores scores;
  private final String metric;
  private final List<Scores.Group> weakestFirst;

  Ranking(Scores scores) {
    this.scores = scores;
    this.metric =
        TELLING.stream()
            .filter(name -> !Double.isNaN(scores.mean(name)))
            .findFirst()
            .orElse(scores.metrics().isEmpty() ? "" : scores.metrics().get(0));
    List<Scores.Group> sorted = new ArrayList<>(scores.categories());
    // NaN is larger than all numbers here, so undefined values come last.
    sorted.sort(
        Comparator.comparingDouble((Scores.Group g) -> value(g, metric))
            .thenComparing(Scores.Group::category));
    this.weakestFirst = List.copyOf(sorted);
  }

  /** The metric that counts most; empty if there is none. */
  String metric() {
    return metric;
  }

  /** All categories, the weakest first. */
  List<Scores.Group> weakestFirst() {
    return weakestFirst;
  }

  /** The few weakest categories; of one or two, all. */
  List<Scores.Group> weakest() {
    return weakestFirst.stream()
        .filter(group -> !Double.isNaN(value(group, metric)))
        .limit(MOST_WEAK)
        .toList();
  }

  /** The metrics for the summary that are defined, the most telling first. */
  List<String> headline() {
    List<String> shown = new ArrayList<>();
    for (Set<String> choice :
        List.of(Set.of(metric), Set.of("aupro"), Set.of("pixel-auroc"), Set.of("image-auroc"))) {
      scores.metrics().stream()
          .filter(name -> choice.contains(name) && !shown.contains(name))
          .filter(name -> !Double.isNaN(scores.mean(name)))
          .forEach(shown::add);
    }
    return shown;
  }

  /** A category's value; NaN if not defined. */
  static double value(Scores.Group group, String metric) {
    MetricValue value = group.values().get(metric);
    return value == null ? Double.NaN : value.value();
  }

  /** The threshold of the map that a metric chose for a category; NaN if none did. */
  static double pixelThreshold(Scores.Group group) {
    for (String name : List.of("pixel-f1-max", "iou-max", "dice", "iou")) {
      MetricValue value = group.values().get(name);
      if (value != null && value.details().get("threshold") != null) {
        return value.details().get("threshold");
      }
    }
    return Double.NaN;
  }

  /** The id of a category's section. */
  String anchor(String category) {
    for (int i = 0; i < weakestFirst.size(); i++) {
      if (weakestFirst.get(i).category().equals(category)) {
        return "category-" + i;
      }
    }
    throw new IllegalArgumentException("no category '" + category + "'");
  }
}
