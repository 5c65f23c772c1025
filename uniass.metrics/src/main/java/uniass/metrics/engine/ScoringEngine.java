/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.Progress;
import uniass.api.data.Image;
import uniass.api.data.Images;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Metric;
import uniass.api.metric.Scores;
import uniass.api.metric.Scoring;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.api.plugin.Configured;

/** The service that computes metrics. */
@Component
public final class ScoringEngine implements Scoring {

  private final Images masks;

  /**
   * Creates the service.
   *
   * @param masks reads masks for stored maps
   */
  @Activate
  public ScoringEngine(@Reference Images masks) {
    this.masks = masks;
  }

  @Override
  public ScoringRun open(
      List<Configured<Metric>> metrics, List<Image> images, ScoringOptions options) {
    return new EngineRun(NamedMetric.of(metrics), images, options);
  }

  @Override
  public String name(Configured<Metric> metric) {
    return NamedMetric.name(metric);
  }

  @Override
  public List<EvaluationProtocol> protocols() {
    return EvaluationProtocols.ALL;
  }

  @Override
  public EvaluationProtocol protocol(String name) {
    return EvaluationProtocols.named(name);
  }

  @Override
  public List<Scores> score(
      MapFolder maps,
      List<Configured<Metric>> metrics,
      List<EvaluationProtocol> rules,
      ScoringOptions options,
      Progress progress) {
    return new StoredMaps(maps.folder(), maps.dataset(), masks)
        .score(NamedMetric.of(metrics), rules, options, progress);
  }

  @Override
  public Map<String, String> files(List<Scores> scores) {
    return ScoreFiles.texts(scores);
  }

  @Override
  public void write(List<Scores> scores, Path folder) {
    ScoreFiles.write(scores, folder);
  }
}
