/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import uniass.api.metric.ImageScore;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;

/** The image scores of one group, of all kinds that some metric asked for. */
public final class ImageEvidence implements MetricAccumulator, PerDefect {

  private record Entry(String defect, boolean anomalous, Map<ImageScore, Double> scores) {}

  private final List<Entry> entries;
  private final Map<ImageScore, RankValues> values = new EnumMap<>(ImageScore.class);
  private final Set<ImageScore> wanted;
  private final Predicate<Entry> member;

  /** Starts a category. */
  public ImageEvidence(MetricContext context) {
    this(new ArrayList<>(), EnumSet.noneOf(ImageScore.class), e -> true);
  }

  private ImageEvidence(List<Entry> entries, Set<ImageScore> wanted, Predicate<Entry> member) {
    this.entries = entries;
    this.wanted = wanted;
    this.member = member;
  }

  @Override
  public ImageEvidence part(String defect) {
    return new ImageEvidence(entries, wanted, e -> !e.anomalous() || e.defect().equals(defect));
  }

  /** Asks for a kind of score, before images are added. */
  public void want(ImageScore score) {
    wanted.add(score);
  }

  @Override
  public void add(ScoredImage image) {
    Map<ImageScore, Double> scores = new EnumMap<>(ImageScore.class);
    wanted.forEach(w -> scores.put(w, w.of(image.map().values())));
    entries.add(new Entry(image.defect(), image.anomalous(), scores));
  }

  /** Metric values of a kind of score, with curves. */
  public RankValues values(ImageScore score) {
    return values.computeIfAbsent(score, this::compute);
  }

  /** The scores of normal or of anomalous images, ascending. */
  public double[] scores(ImageScore score, boolean anomalous) {
    return entries.stream()
        .filter(member)
        .filter(e -> e.anomalous() == anomalous)
        .mapToDouble(e -> e.scores().get(score) + 0.0)
        .sorted()
        .toArray();
  }

  private RankValues compute(ImageScore score) {
    double[] normal = scores(score, false);
    double[] anomalous = scores(score, true);
    RankSweep sweep = new RankSweep(normal.length, anomalous.length, "image", true);
    int n = normal.length;
    for (int a = anomalous.length; a > 0; ) {
      double threshold = anomalous[a - 1];
      int firstTie = first(anomalous, a, threshold);
      int aboveTie = n;
      while (aboveTie > 0 && normal[aboveTie - 1] > threshold) {
        aboveTie--;
      }
      sweep.pass(n - aboveTie);
      n = first(normal, aboveTie, threshold);
      sweep.step(threshold, aboveTie - n, a - firstTie);
      a = firstTie;
    }
    sweep.pass(n);
    return sweep.end();
  }

  /** Index of the first of the values below {@code end} that equals the threshold. */
  private static int first(double[] values, int end, double threshold) {
    int i = end;
    while (i > 0 && values[i - 1] == threshold) {
      i--;
    }
    return i;
  }

  @Override
  public MetricValue result() {
    return MetricValue.undefined();
  }
}
