package uniass.metrics.plugins;

import java.util.Map;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.metrics.Derived;
import uniass.metrics.pixel.PixelEvidence;
import uniass.metrics.pixel.PixelFigures;

/** What the metrics of regions have in common. */
final class ProMetric {

  private ProMetric() {}

  static MetricAccumulator upTo(double limit, MetricContext context) {
    PixelEvidence evidence = PixelMetrics.evidence(context);
    evidence.wantPro(limit);
    return new Derived(
        () -> {
          PixelFigures figures = evidence.figures();
          double area = figures.pro().get(limit);
          return Double.isNaN(area)
              ? MetricValue.undefined()
              : new MetricValue(area, Map.of("components", (double) figures.components()));
        });
  }
}
