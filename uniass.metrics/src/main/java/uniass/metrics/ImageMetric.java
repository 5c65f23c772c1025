/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.metrics.curves.ImageEvidence;
import uniass.metrics.curves.RankValues;
import uniass.metrics.curves.SharedValue;

/** A metric value of image scores, of the kind that a setting or else the protocol chooses. */
abstract class ImageMetric implements Metric {

  private static final String SCORE = "score";
  private static final List<String> KINDS =
      Arrays.stream(ImageScore.values()).map(ImageScore::key).toList();

  private final Function<RankValues, MetricValue> value;

  ImageMetric(Function<RankValues, MetricValue> value) {
    this.value = value;
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            SCORE,
            Setting.Kind.TEXT,
            null,
            KINDS,
            0,
            0,
            "how an image's score comes from its map; the rule set's way by default"));
  }

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    ImageScore score =
        settings.has(SCORE)
            ? ImageScore.named(settings.text(SCORE))
            : context.protocol().imageScore();
    ImageEvidence evidence = context.shared(ImageEvidence.class, ImageEvidence::new);
    evidence.want(score);
    return new SharedValue(() -> value.apply(evidence.values(score)));
  }
}
