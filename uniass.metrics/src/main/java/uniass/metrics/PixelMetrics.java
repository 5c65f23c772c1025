/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.metrics.curves.Overlap;
import uniass.metrics.curves.PixelEvidence;
import uniass.metrics.curves.PixelValues;
import uniass.metrics.curves.RankValues;
import uniass.metrics.curves.SharedValue;

/** What the pixel metrics have in common. */
final class PixelMetrics {

  private PixelMetrics() {}

  static PixelEvidence evidence(MetricContext context) {
    return context.shared(PixelEvidence.class, PixelEvidence::new);
  }

  /** A value that the group's metric values hold. */
  static MetricAccumulator value(MetricContext context, Function<PixelValues, MetricValue> value) {
    PixelEvidence evidence = evidence(context);
    return new SharedValue(() -> value.apply(evidence.values()));
  }

  /** A maximum, with its threshold as a detail. */
  static MetricValue best(RankValues.Best best) {
    return Double.isNaN(best.value())
        ? MetricValue.undefined()
        : new MetricValue(best.value(), Map.of("threshold", best.threshold()));
  }

  /**
   * A mean overlap at one threshold for the group. Without anomalous pixels it is not defined; what
   * the reference says in that case (everything is marked from the lowest score on) is a detail.
   */
  static MetricAccumulator overlap(
      MetricContext context,
      EvaluationProtocol.DiceThreshold rule,
      ToDoubleFunction<Overlap> value) {
    PixelEvidence evidence = evidence(context);
    return new SharedValue(
        () -> {
          PixelValues values = evidence.values();
          RankValues ranks = values.ranks();
          if (ranks.anomalous() == 0) {
            return ranks.normal() == 0
                ? MetricValue.undefined()
                : new MetricValue(
                    Double.NaN,
                    Map.of(
                        "threshold",
                        values.lowest(),
                        "reference-value",
                        value.applyAsDouble(evidence.overlap(values.lowest()))));
          }
          double threshold =
              (rule == EvaluationProtocol.DiceThreshold.F1_MAX ? ranks.f1() : ranks.sum())
                  .threshold();
          return new MetricValue(
              value.applyAsDouble(evidence.overlap(threshold)), Map.of("threshold", threshold));
        });
  }
}
