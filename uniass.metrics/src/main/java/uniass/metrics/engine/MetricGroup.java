/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.metrics.curves.ImageEvidence;
import uniass.metrics.curves.PixelEvidence;
import uniass.metrics.curves.RankValues;

/** All metric values of a category, or of one kind of defect of it. */
final class MetricGroup implements AutoCloseable {

  private final String category;
  private final String defect;
  private final ScoringOptions options;
  private final GroupContext context;
  private final Map<String, MetricAccumulator> accumulators = new LinkedHashMap<>();
  private final PixelEvidence drawnPixels;
  private final ImageEvidence drawnImages;
  private long images;
  private long anomalousImages;
  private long pixels;
  private long anomalousPixels;

  MetricGroup(
      String category,
      String defect,
      List<NamedMetric> metrics,
      ScoringOptions options,
      GroupContext context) {
    this.category = category;
    this.defect = defect;
    this.options = options;
    this.context = context;
    for (NamedMetric metric : metrics) {
      MetricAccumulator opened =
          metric.metric().call((part, settings) -> part.open(context, settings));
      accumulators.put(metric.name(), new NamedAccumulator(metric.metric(), opened));
    }
    boolean drawn = options.curves() && defect.isEmpty();
    drawnPixels = drawn ? context.shared(PixelEvidence.class, PixelEvidence::new) : null;
    drawnImages = drawn ? context.shared(ImageEvidence.class, ImageEvidence::new) : null;
    if (drawn) {
      drawnPixels.wantCurves();
      drawnImages.want(options.protocol().imageScore());
    }
  }

  /** Whether an image takes part: of a kind of defect's group, also the normal ones. */
  boolean takes(ScoredImage image) {
    return image.category().equals(category)
        && (defect.isEmpty() || !image.anomalous() || image.defect().equals(defect));
  }

  void add(ScoredImage image, long anomalies) {
    images++;
    anomalousImages += image.anomalous() ? 1 : 0;
    if (image.mask().isPresent()) {
      pixels += image.mask().get().values().length;
      anomalousPixels += anomalies;
    }
    context.fed().forEach(a -> a.add(image));
    accumulators.values().forEach(a -> a.add(image));
  }

  Scores.Group result() {
    Map<String, MetricValue> values = new LinkedHashMap<>();
    accumulators.forEach((name, a) -> values.put(name, a.result()));
    List<Scores.Curve> curves = new ArrayList<>();
    Scores.Histogram histogram = null;
    if (drawnPixels != null) {
      RankValues ranks = drawnImages.values(options.protocol().imageScore());
      curves.addAll(drawnPixels.values().curves());
      curves.addAll(ranks.curves());
      histogram =
          Histograms.of(
              drawnImages.scores(options.protocol().imageScore(), false),
              drawnImages.scores(options.protocol().imageScore(), true));
    }
    return new Scores.Group(
        category,
        defect,
        images,
        anomalousImages,
        pixels,
        anomalousPixels,
        Collections.unmodifiableMap(values),
        List.copyOf(curves),
        histogram);
  }

  @Override
  public void close() {
    accumulators.values().forEach(MetricAccumulator::close);
    context.close();
  }
}
