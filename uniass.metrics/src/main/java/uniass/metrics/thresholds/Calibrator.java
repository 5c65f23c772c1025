/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import uniass.api.UniassException;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.metric.ThresholdMethod;
import uniass.api.metric.ThresholdMethod.Fit;
import uniass.api.metric.ThresholdMethod.Goal;

/**
 * Finds thresholds: aligns the scores of images that were trained on with those that were not, sets
 * odd ones aside, fits by the method named, and keeps each threshold off the scores it was made
 * from, so that no verdict on them hangs on the last digits of a sum.
 */
@Component
public final class Calibrator implements ThresholdCalibrator {

  /** The rates for which thresholds are kept beside the one wanted. */
  static final List<Double> RATES = List.of(0.01, 0.05, 0.1);

  /** Safety over the numerical spread that was measured, and its least value. */
  private static final double SAFETY = 8;

  private static final double LEAST_MARGIN = 1e-5;

  private final SortedMap<String, ThresholdMethod> methods = new TreeMap<>();

  /** Knows the methods of this bundle. */
  public Calibrator() {
    List.of(new OrderMethod(), new TailMethod(), new RobustMethod()).forEach(this::addMethod);
  }

  /** Takes a method that another bundle brings. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addMethod(ThresholdMethod method) {
    synchronized (methods) {
      methods.put(method.name(), method);
    }
  }

  /** Forgets a method. */
  void removeMethod(ThresholdMethod method) {
    synchronized (methods) {
      methods.remove(method.name(), method);
    }
  }

  @Override
  public Map<String, String> methods() {
    synchronized (methods) {
      Map<String, String> guarantees = new LinkedHashMap<>();
      methods.forEach((name, method) -> guarantees.put(name, method.guarantee()));
      return guarantees;
    }
  }

  private ThresholdMethod method(String name) {
    synchronized (methods) {
      ThresholdMethod method = methods.get(name);
      if (method == null) {
        throw new UniassException(
            "unknown threshold method '"
                + name
                + "'; there are: "
                + String.join(", ", methods.keySet()));
      }
      return method;
    }
  }

  @Override
  public Calibrated calibrate(List<NormalScore> scores, Options options) {
    check(scores, options.goal());
    ThresholdMethod method = method(options.method());
    double margin = Math.max(LEAST_MARGIN, SAFETY * options.spread());
    Map<String, List<NormalScore>> byCategory = new TreeMap<>();
    scores.forEach(s -> byCategory.computeIfAbsent(s.category(), c -> new ArrayList<>()).add(s));
    Map<String, NormalSample> samples = new LinkedHashMap<>();
    byCategory.forEach((category, own) -> samples.put(category, NormalSample.of(category, own)));
    Map<String, Threshold> thresholds = new LinkedHashMap<>();
    double[] pooled =
        samples.values().stream().flatMapToDouble(NormalSample::kept).sorted().toArray();
    double[] all = scores.stream().mapToDouble(NormalScore::score).toArray();
    List<String> notes = new ArrayList<>();
    FewImages few = new FewImages(options.goal());
    thresholds.put(ALL, threshold(method, options.goal(), pooled, all, margin));
    samples.forEach(
        (category, sample) -> {
          double[] kept = sample.kept().sorted().toArray();
          thresholds.put(
              category, threshold(method, options.goal(), kept, sample.scores(), margin));
          few.add(category, kept.length, needed(method, options.goal(), kept));
          notes.addAll(sample.notes());
        });
    few.note().ifPresent(notes::add);
    Map<String, List<NormalScore>> setAside = new LinkedHashMap<>();
    samples.forEach(
        (category, sample) -> {
          if (!sample.setAside().isEmpty()) {
            setAside.put(category, sample.setAside());
          }
        });
    return new Calibrated(
        thresholds, common(method, options.goal(), samples, thresholds, margin), setAside, notes);
  }

  @Override
  public Optional<String> foresee(Map<String, Integer> images, Options options) {
    int needed = method(options.method()).needed(options.goal());
    FewImages few = new FewImages(options.goal());
    images.forEach((category, count) -> few.add(category, count, needed));
    return few.note();
  }

  /** How many images it takes; these, if their threshold keeps the rate. */
  private static int needed(ThresholdMethod method, Goal goal, double[] kept) {
    int fewest = method.needed(goal);
    Fit fit = method.fit(kept, goal);
    return kept.length < fewest || fit.supported() ? fewest : Math.max(fewest, fit.needed());
  }

  private static Threshold threshold(
      ThresholdMethod method, Goal goal, double[] kept, double[] judged, double margin) {
    Fit fit = method.fit(kept, goal);
    Spread spread = Spread.of(kept);
    double value = (float) Gap.above(fit.value(), judged, margin);
    SortedMap<Double, Double> atRates = new TreeMap<>();
    for (double rate : RATES) {
      Fit other = method.fit(kept, new Goal(rate, goal.confidence()));
      atRates.put(rate, (double) (float) Gap.above(other.value(), judged, margin));
    }
    int alarms = 0;
    for (double score : kept) {
      alarms += score >= value ? 1 : 0;
    }
    return new Threshold(
        value,
        goal.falseAlarmRate(),
        goal.confidence(),
        kept.length,
        alarms,
        fit.upperBound(),
        fit.supported(),
        needed(method, goal, kept),
        spread.location(),
        spread.scale(),
        atRates);
  }

  /** The threshold of all categories on normalized scores; NaN if no category has a spread. */
  private static double common(
      ThresholdMethod method,
      Goal goal,
      Map<String, NormalSample> samples,
      Map<String, Threshold> thresholds,
      double margin) {
    List<Double> kept = new ArrayList<>();
    List<Double> judged = new ArrayList<>();
    samples.forEach(
        (category, sample) -> {
          Threshold own = thresholds.get(category);
          if (own.scale() > 0) {
            sample.kept().forEach(s -> kept.add(own.normalized(s)));
            for (double score : sample.scores()) {
              judged.add(own.normalized(score));
            }
          }
        });
    if (kept.isEmpty()) {
      return Double.NaN;
    }
    Fit fit = method.fit(kept.stream().mapToDouble(Double::doubleValue).sorted().toArray(), goal);
    return Gap.above(
        fit.value(), judged.stream().mapToDouble(Double::doubleValue).toArray(), margin);
  }

  private static void check(List<NormalScore> scores, Goal goal) {
    if (scores.isEmpty()) {
      throw new UniassException("a threshold needs scores of normal images; there are none");
    }
    for (NormalScore score : scores) {
      if (!Double.isFinite(score.score())) {
        throw new UniassException(
            score.path() + ": its score is not finite, so no threshold can be computed");
      }
    }
    if (!(goal.falseAlarmRate() > 0 && goal.falseAlarmRate() < 1)) {
      throw new UniassException(
          "false-alarm rate " + goal.falseAlarmRate() + " is not between 0 and 1; 0.05 is usual");
    }
    if (!(goal.confidence() > 0 && goal.confidence() < 1)) {
      throw new UniassException(
          "confidence " + goal.confidence() + " is not between 0 and 1; 0.95 is usual");
    }
  }
}
