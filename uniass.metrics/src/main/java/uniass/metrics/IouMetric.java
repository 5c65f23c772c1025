/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.metrics.curves.Overlap;

/**
 * Mean intersection over union per image at the threshold that the rule set wants, as {@link
 * DiceMetric}.
 */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "iou",
    description = "Mean intersection over union per image at the threshold of dice")
public final class IouMetric implements Metric {

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return PixelMetrics.overlap(context, context.protocol().dice(), Overlap::iou);
  }
}
