/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import java.util.Map;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.metrics.curves.PixelEvidence;
import uniass.metrics.curves.PixelValues;
import uniass.metrics.curves.SharedValue;

/** What the metrics of regions have in common. */
final class ProMetric {

  private ProMetric() {}

  static MetricAccumulator upTo(double limit, MetricContext context) {
    PixelEvidence evidence = PixelMetrics.evidence(context);
    evidence.wantPro(limit);
    return new SharedValue(
        () -> {
          PixelValues values = evidence.values();
          double area = values.pro().get(limit);
          return Double.isNaN(area)
              ? MetricValue.undefined()
              : new MetricValue(area, Map.of("components", (double) values.components()));
        });
  }
}
