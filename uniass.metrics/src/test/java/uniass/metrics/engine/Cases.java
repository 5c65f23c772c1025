/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Split;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Metric;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.metrics.AllMetrics;

/** Runs the engine on arrays. */
final class Cases {

  private Cases() {}

  static List<Configured<Metric>> metrics(String... names) {
    List<Configured<Metric>> metrics = new ArrayList<>();
    for (String name : names) {
      metrics.add(metric(name, Map.of()));
    }
    return metrics;
  }

  static Configured<Metric> metric(String name, Map<String, Object> settings) {
    Metric metric = AllMetrics.named(name);
    return new Configured<>(name, metric, Settings.defaults(metric, settings));
  }

  static ScoringOptions options(Path scratch) {
    return new ScoringOptions(EvaluationProtocol.UNIASS, true, true, 64L << 20, scratch, 2);
  }

  /** An image that is anomalous where its mask says so. */
  static ScoredImage image(
      String category, int index, int height, int width, float[] map, byte[] mask) {
    boolean anomalous = false;
    for (byte b : mask) {
      anomalous |= b != 0;
    }
    String defect = anomalous ? "hole" : Image.GOOD;
    return new ScoredImage(
        category + "/test/" + defect + "/" + index + ".png",
        category,
        defect,
        anomalous,
        new AnomalyMap(height, width, map),
        Optional.of(new Mask(height, width, mask)));
  }

  static List<Image> announce(List<ScoredImage> images) {
    return images.stream()
        .map(
            p ->
                p.anomalous()
                    ? Image.anomalous(p.path(), p.category(), p.defect(), List.of("mask.png"))
                    : Image.normal(p.path(), p.category(), Split.TEST))
        .toList();
  }

  static Scores score(
      List<Configured<Metric>> metrics, List<ScoredImage> images, ScoringOptions options) {
    try (ScoringRun run = new ScoringEngine(null).open(metrics, announce(images), options)) {
      images.forEach(run::add);
      return run.result();
    }
  }
}
