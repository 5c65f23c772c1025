/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.metrics.curves.Sum;
import uniass.metrics.storage.Scratch;

/** One evaluation: a group a category and, if wanted, one a kind of defect. */
final class EngineRun implements ScoringRun {

  private final List<NamedMetric> metrics;
  private final ScoringOptions options;
  private final Map<String, Boolean> awaited = new HashMap<>();
  private final SortedMap<String, List<MetricGroup>> groups = new TreeMap<>();
  private final List<Scores.ImageResult> images = new ArrayList<>();
  private final Scratch scratch;
  private Scores scores;

  EngineRun(List<NamedMetric> metrics, List<Image> announced, ScoringOptions options) {
    this.metrics = metrics;
    this.options = options;
    this.scratch = new Scratch(options.scratch());
    SortedMap<String, SortedSet<String>> defects = new TreeMap<>();
    for (Image image : announced) {
      if (awaited.put(image.path(), image.label() != Label.UNKNOWN) != null) {
        throw new UniassException(image.path() + " is listed twice among the images to score");
      }
      if (image.label() != Label.UNKNOWN) {
        SortedSet<String> kinds = defects.computeIfAbsent(image.category(), c -> new TreeSet<>());
        if (image.label() == Label.ANOMALOUS) {
          kinds.add(image.defect());
        }
      }
    }
    if (defects.isEmpty()) {
      throw new UniassException("there are no images with known labels to score");
    }
    long share = options.memoryLimit() / 2 / defects.size();
    defects.forEach((category, kinds) -> groups.put(category, open(category, kinds, share)));
  }

  private List<MetricGroup> open(String category, Set<String> kinds, long share) {
    List<MetricGroup> opened = new ArrayList<>();
    GroupContext whole = new GroupContext(options, scratch, share);
    opened.add(new MetricGroup(category, "", metrics, options, whole));
    if (options.byDefect()) {
      kinds.stream()
          .filter(kind -> !kind.isEmpty())
          .forEach(
              kind ->
                  opened.add(new MetricGroup(category, kind, metrics, options, whole.part(kind))));
    }
    return opened;
  }

  @Override
  public void add(ScoredImage image) {
    if (scores != null) {
      throw new IllegalStateException("the result has been computed");
    }
    Boolean known = awaited.get(image.path());
    if (known == null) {
      throw new UniassException(image.path() + " is not among the images to score, or came twice");
    }
    long anomalies = MapChecks.check(image);
    awaited.remove(image.path());
    if (!known) {
      return;
    }
    for (MetricGroup group : groups.get(image.category())) {
      if (group.takes(image)) {
        group.add(image, anomalies);
      }
    }
    images.add(
        new Scores.ImageResult(
            image.path(),
            image.category(),
            image.defect(),
            image.anomalous(),
            options.protocol().imageScore().of(image.map().values())));
  }

  @Override
  public Scores result() {
    if (scores == null) {
      if (!awaited.isEmpty()) {
        throw new UniassException(
            awaited.size()
                + " images have no map, the first is "
                + awaited.keySet().stream().min(Comparator.naturalOrder()).orElseThrow());
      }
      scores = compute();
    }
    return scores;
  }

  private Scores compute() {
    List<Scores.Group> categories = new ArrayList<>();
    List<Scores.Group> defects = new ArrayList<>();
    for (List<MetricGroup> opened : groups.values()) {
      categories.add(opened.get(0).result());
      opened.stream().skip(1).forEach(group -> defects.add(group.result()));
    }
    List<Scores.Mean> means =
        metrics.stream().map(metric -> mean(metric.name(), categories)).toList();
    images.sort(Comparator.comparing(Scores.ImageResult::path));
    return new Scores(
        options.protocol(),
        metrics.stream().map(NamedMetric::name).toList(),
        categories,
        defects,
        means,
        mad(means),
        images);
  }

  private static Scores.Mean mean(String metric, List<Scores.Group> categories) {
    List<MetricValue> defined =
        categories.stream()
            .map(group -> group.values().get(metric))
            .filter(MetricValue::defined)
            .toList();
    Sum sum = new Sum();
    defined.forEach(v -> sum.add(v.value()));
    double value = defined.isEmpty() ? Double.NaN : sum.value() / defined.size();
    return new Scores.Mean(metric, value, defined.size(), categories.size());
  }

  private static double mad(List<Scores.Mean> means) {
    Sum sum = new Sum();
    Set<String> found = new HashSet<>();
    for (Scores.Mean mean : means) {
      if (Scores.USUAL_SEVEN.contains(mean.metric()) && mean.defined() > 0) {
        found.add(mean.metric());
        sum.add(mean.value());
      }
    }
    int seven = Scores.USUAL_SEVEN.size();
    return found.size() == seven ? sum.value() / seven : Double.NaN;
  }

  @Override
  public void close() {
    try (scratch) {
      groups.values().forEach(opened -> opened.forEach(MetricGroup::close));
    }
  }
}
