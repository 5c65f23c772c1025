package uniass.metrics.plugins;

import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.api.metric.RuleSet;
import uniass.metrics.Derived;
import uniass.metrics.pixel.Overlap;
import uniass.metrics.pixel.PixelEvidence;
import uniass.metrics.pixel.PixelFigures;
import uniass.metrics.rank.RankFigures;

/** What the pixel metrics have in common. */
final class PixelMetrics {

  private PixelMetrics() {}

  static PixelEvidence evidence(MetricContext context) {
    return context.shared(PixelEvidence.class, PixelEvidence::new);
  }

  /** A value that the group's figures hold. */
  static MetricAccumulator figure(
      MetricContext context, Function<PixelFigures, MetricValue> value) {
    PixelEvidence evidence = evidence(context);
    return new Derived(() -> value.apply(evidence.figures()));
  }

  /** A maximum, with its threshold as a detail. */
  static MetricValue best(RankFigures.Best best) {
    return Double.isNaN(best.value())
        ? MetricValue.undefined()
        : new MetricValue(best.value(), Map.of("threshold", best.threshold()));
  }

  /**
   * A mean overlap at one threshold for the group. Without anomalous pixels it is not defined; what
   * the reference says in that case (everything is marked from the lowest score on) is a detail.
   */
  static MetricAccumulator overlap(
      MetricContext context, RuleSet.Dice rule, ToDoubleFunction<Overlap> value) {
    PixelEvidence evidence = evidence(context);
    return new Derived(
        () -> {
          PixelFigures figures = evidence.figures();
          RankFigures ranks = figures.ranks();
          if (ranks.anomalous() == 0) {
            return ranks.normal() == 0
                ? MetricValue.undefined()
                : new MetricValue(
                    Double.NaN,
                    Map.of(
                        "threshold",
                        figures.lowest(),
                        "reference-value",
                        value.applyAsDouble(evidence.overlap(figures.lowest()))));
          }
          double threshold = (rule == RuleSet.Dice.F1_MAX ? ranks.f1() : ranks.sum()).threshold();
          return new MetricValue(
              value.applyAsDouble(evidence.overlap(threshold)), Map.of("threshold", threshold));
        });
  }
}
