/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import uniass.api.metric.ThresholdCalibrator.NormalScore;

/**
 * The normal scores of one category, made ready to fit.
 *
 * @param values of the images that are kept: those of trained images raised to the held-out ones'
 *     level if these are clearly higher
 * @param scores of all images, as computed
 * @param setAside the odd images
 * @param notes what the user should know
 */
record NormalSample(
    List<Double> values, double[] scores, List<NormalScore> setAside, List<String> notes) {

  /** A one-sided 5 % rank test. */
  private static final double CLEARLY = 1.645;

  /** An odd score is so many times the median, and so many robust deviations above it. */
  private static final double ODD_RATIO = 3;

  private static final double ODD_DEVIATIONS = 8;
  private static final int FEWEST = 5;

  /** At most one in so many images is set aside, the most extreme first; one may always be. */
  private static final int MOST_ODD = 10;

  static NormalSample of(String category, List<NormalScore> own) {
    List<String> notes = new ArrayList<>();
    double factor = level(own);
    if (factor > 1) {
      notes.add(
          String.format(
              Locale.ROOT,
              "category '%s': held-out images score %.2f times as high as trained ones, which were"
                  + " raised to that level for the threshold",
              category,
              factor));
    }
    List<NormalScore> raised =
        own.stream()
            .map(
                s ->
                    s.trained()
                        ? new NormalScore(s.path(), s.category(), true, s.score() * factor)
                        : s)
            .toList();
    List<NormalScore> odd = odd(raised);
    double[] values =
        raised.stream().filter(s -> !odd.contains(s)).mapToDouble(NormalScore::score).toArray();
    if (!odd.isEmpty()) {
      double usual = Spread.median(Arrays.stream(values).sorted().toArray());
      notes.add(
          String.format(
              Locale.ROOT,
              "category '%s': %d of %d normal images set aside, odd by their scores: %s (%.1f times"
                  + " the median); remove them if they are not defect-free",
              category,
              odd.size(),
              own.size(),
              String.join(", ", odd.stream().map(NormalScore::path).toList()),
              odd.get(0).score() / usual));
    }
    return new NormalSample(
        Arrays.stream(values).boxed().toList(),
        own.stream().mapToDouble(NormalScore::score).toArray(),
        odd,
        notes);
  }

  DoubleStream kept() {
    return values.stream().mapToDouble(Double::doubleValue);
  }

  /** By which factor held-out images score clearly higher than trained ones; 1 if not. */
  private static double level(List<NormalScore> own) {
    double[] trained = sorted(own, true);
    double[] held = sorted(own, false);
    if (held.length < FEWEST || trained.length < FEWEST || !(trained[0] > 0)) {
      return 1;
    }
    double higher = 0;
    for (double h : held) {
      for (double t : trained) {
        higher += h > t ? 1 : h == t ? 0.5 : 0;
      }
    }
    double pairs = (double) held.length * trained.length;
    double deviation = Math.sqrt(pairs * (held.length + trained.length + 1) / 12);
    return (higher - pairs / 2) / deviation > CLEARLY
        ? Math.max(1, Spread.median(held) / Spread.median(trained))
        : 1;
  }

  private static double[] sorted(List<NormalScore> own, boolean trained) {
    return own.stream()
        .filter(s -> s.trained() == trained)
        .mapToDouble(NormalScore::score)
        .sorted()
        .toArray();
  }

  private static List<NormalScore> odd(List<NormalScore> images) {
    if (images.size() < FEWEST) {
      return List.of();
    }
    Spread spread = Spread.of(images.stream().mapToDouble(NormalScore::score).sorted().toArray());
    return images.stream()
        .filter(
            s ->
                s.score() > ODD_RATIO * spread.location()
                    && s.score() > spread.location() + ODD_DEVIATIONS * spread.scale())
        .sorted(Comparator.comparingDouble(NormalScore::score).reversed())
        .limit(Math.max(1, images.size() / MOST_ODD))
        .toList();
  }
}
