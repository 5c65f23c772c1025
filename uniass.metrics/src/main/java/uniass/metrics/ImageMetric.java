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

/** A metric value of image scores, either of a fixed kind or of one that a setting chooses. */
abstract class ImageMetric implements Metric {

  private static final String SCORE = "score";
  private static final List<String> KINDS =
      Arrays.stream(ImageScore.values()).map(ImageScore::key).toList();

  private final ImageScore fixed;
  private final Function<RankValues, MetricValue> value;

  ImageMetric(ImageScore fixed, Function<RankValues, MetricValue> value) {
    this.fixed = fixed;
    this.value = value;
  }

  @Override
  public List<Setting> settings() {
    return fixed != null
        ? List.of()
        : List.of(
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
    ImageScore score = score(context, settings);
    ImageEvidence evidence = context.shared(ImageEvidence.class, ImageEvidence::new);
    evidence.want(score);
    return new SharedValue(() -> value.apply(evidence.values(score)));
  }

  private ImageScore score(MetricContext context, Settings settings) {
    if (fixed != null) {
      return fixed;
    }
    return settings.has(SCORE)
        ? ImageScore.named(settings.text(SCORE))
        : context.protocol().imageScore();
  }
}
