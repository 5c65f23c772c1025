/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import uniass.api.metric.Scores;
import uniass.api.metric.Scores.ImageResult;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;

/**
 * What the image scores mean for a line: which defects are caught, which normal parts alarm.
 *
 * <pre>{@code
 * Verdicts.Confusion counts = new Verdicts(scores, thresholds).confusion("bottle");
 * }</pre>
 */
public final class Verdicts {

  /**
   * Counts of images.
   *
   * @param caught anomalous, and called so
   * @param missed anomalous, and called normal
   * @param alarms normal, and called anomalous
   * @param passed normal, and called so
   */
  public record Confusion(int caught, int missed, int alarms, int passed) {

    Confusion plus(Confusion other) {
      return new Confusion(
          caught + other.caught,
          missed + other.missed,
          alarms + other.alarms,
          passed + other.passed);
    }

    /** All anomalous images. */
    public int anomalous() {
      return caught + missed;
    }

    /** All normal images. */
    public int normal() {
      return alarms + passed;
    }
  }

  private final Map<String, Double> thresholds = new HashMap<>();
  private final Map<String, Threshold> given = new HashMap<>();
  private final Map<String, Confusion> confusions = new HashMap<>();
  private final List<ImageResult> wrong = new ArrayList<>();
  private final Scores scores;
  private final boolean chosenHere;

  /** Verdicts by each category's own threshold, or, without any, by that of the highest F1. */
  public Verdicts(Scores scores, Map<String, Threshold> given) {
    this(scores, given, given.isEmpty());
  }

  private Verdicts(Scores scores, Map<String, Threshold> given, boolean chosenHere) {
    this.chosenHere = chosenHere;
    this.scores = scores;
    for (Scores.Group group : scores.categories()) {
      String category = group.category();
      List<ImageResult> own =
          scores.images().stream().filter(p -> p.category().equals(category)).toList();
      Threshold threshold = given.getOrDefault(category, given.get(ThresholdCalibrator.ALL));
      if (threshold != null) {
        this.given.put(category, threshold);
      }
      thresholds.put(
          category,
          threshold != null ? threshold.value() : chosenHere ? highestF1(own) : Double.NaN);
      confusions.put(category, count(own));
    }
    Map<String, Double> spreads = spreads(scores);
    wrong.sort(
        Comparator.comparingDouble(
            p -> -Math.abs(p.score() - threshold(p.category())) / spreads.get(p.category())));
  }

  /**
   * Verdicts by the one threshold for all categories on scores that are normalized by each
   * category's normal images, so that one wild category does not blind the others.
   *
   * @param common the threshold; NaN if there is none
   * @return nothing without such a threshold, or if it is no other than the categories' own
   */
  public static Optional<Verdicts> normalized(
      Scores scores, Map<String, Threshold> given, double common) {
    Map<String, Threshold> inScores = new HashMap<>();
    for (Scores.Group group : scores.categories()) {
      Threshold own = given.get(group.category());
      if (own == null || !(own.scale() > 0) || Double.isNaN(common)) {
        return Optional.empty();
      }
      inScores.put(group.category(), own.withValue(own.score(common)));
    }
    return scores.categories().size() < 2
        ? Optional.empty()
        : Optional.of(new Verdicts(scores, inScores, false));
  }

  /** Verdicts at another rate, of those that the thresholds were computed for. */
  Verdicts atRate(double rate) {
    Map<String, Threshold> others = new HashMap<>();
    given.forEach(
        (category, threshold) ->
            others.put(
                category,
                threshold.withValue(threshold.atRates().getOrDefault(rate, threshold.value()))));
    return new Verdicts(scores, others, false);
  }

  /** The rates beside the one wanted that the thresholds were computed for, ascending. */
  SortedSet<Double> rates() {
    SortedSet<Double> rates = new TreeSet<>();
    given.values().forEach(threshold -> rates.addAll(threshold.atRates().keySet()));
    return rates;
  }

  /** Counts of a category if its threshold were the lowest score of its anomalous images. */
  Confusion catchingAll(String category) {
    List<ImageResult> own =
        scores.images().stream().filter(p -> p.category().equals(category)).toList();
    double lowest =
        own.stream()
            .filter(ImageResult::anomalous)
            .mapToDouble(ImageResult::score)
            .min()
            .orElse(Double.NaN);
    int anomalous = (int) own.stream().filter(ImageResult::anomalous).count();
    int alarms = (int) own.stream().filter(p -> !p.anomalous() && p.score() >= lowest).count();
    return new Confusion(anomalous, 0, alarms, own.size() - anomalous - alarms);
  }

  /** Verdicts by the one threshold for images of unknown category, if it says something else. */
  static Optional<Verdicts> common(Scores scores, Map<String, Threshold> given) {
    Threshold all = given.get(ThresholdCalibrator.ALL);
    return all == null || scores.categories().size() == 1 && !differs(scores, given, all)
        ? Optional.empty()
        : Optional.of(new Verdicts(scores, Map.of(ThresholdCalibrator.ALL, all), false));
  }

  private static boolean differs(Scores scores, Map<String, Threshold> given, Threshold all) {
    return scores.categories().stream()
        .anyMatch(g -> given.getOrDefault(g.category(), all).value() != all.value());
  }

  /** The given threshold of a category, and what supports it. */
  public Optional<Threshold> given(String category) {
    return Optional.ofNullable(given.get(category));
  }

  /** Whether the thresholds were chosen with the test images' labels. */
  boolean chosenHere() {
    return chosenHere;
  }

  /** The threshold of a category; NaN if there is none. */
  public double threshold(String category) {
    return thresholds.getOrDefault(category, Double.NaN);
  }

  /** Counts of a category. */
  public Confusion confusion(String category) {
    return confusions.getOrDefault(category, new Confusion(0, 0, 0, 0));
  }

  /** Counts of all categories. */
  public Confusion all() {
    return confusions.values().stream().reduce(new Confusion(0, 0, 0, 0), Confusion::plus);
  }

  /** Images with the wrong verdict, the clearest mistakes first. */
  List<ImageResult> wrong() {
    return wrong;
  }

  /** The verdict on an image in a word or two. */
  String word(String category, boolean anomalous, double score) {
    double threshold = threshold(category);
    if (Double.isNaN(threshold)) {
      return "";
    }
    if (anomalous) {
      return score >= threshold ? "caught" : "missed";
    }
    return score >= threshold ? "false alarm" : "passed";
  }

  private Confusion count(List<ImageResult> images) {
    int caught = 0;
    int missed = 0;
    int alarms = 0;
    int passed = 0;
    for (ImageResult image : images) {
      switch (word(image.category(), image.anomalous(), image.score())) {
        case "caught" -> caught++;
        case "missed" -> missed++;
        case "false alarm" -> alarms++;
        case "passed" -> passed++;
        default -> {
          continue;
        }
      }
      if (image.anomalous() != image.score() >= threshold(image.category())) {
        wrong.add(image);
      }
    }
    return new Confusion(caught, missed, alarms, passed);
  }

  /** Standard deviations of the scores, so that mistakes of different categories compare. */
  private static Map<String, Double> spreads(Scores scores) {
    Map<String, DoubleSummaryStatistics> means = new HashMap<>();
    for (ImageResult image : scores.images()) {
      means
          .computeIfAbsent(image.category(), c -> new DoubleSummaryStatistics())
          .accept(image.score());
    }
    Map<String, Double> spreads = new HashMap<>();
    for (ImageResult image : scores.images()) {
      DoubleSummaryStatistics of = means.get(image.category());
      double deviation = image.score() - of.getAverage();
      spreads.merge(image.category(), deviation * deviation / of.getCount(), Double::sum);
    }
    spreads.replaceAll((category, variance) -> Math.sqrt(variance));
    return spreads;
  }

  /** The score at which 2 TP / (2 TP + FP + FN) is highest; NaN without anomalous images. */
  private static double highestF1(List<ImageResult> images) {
    List<ImageResult> sorted =
        images.stream().sorted(Comparator.comparingDouble(p -> -p.score())).toList();
    long anomalous = sorted.stream().filter(ImageResult::anomalous).count();
    double best = 0;
    double threshold = Double.NaN;
    long found = 0;
    for (int i = 0; i < sorted.size(); i++) {
      found += sorted.get(i).anomalous() ? 1 : 0;
      boolean tied = i + 1 < sorted.size() && sorted.get(i + 1).score() == sorted.get(i).score();
      double f1 = 2.0 * found / (i + 1 + anomalous);
      if (!tied && f1 > best) {
        best = f1;
        threshold = sorted.get(i).score();
      }
    }
    return threshold;
  }
}
