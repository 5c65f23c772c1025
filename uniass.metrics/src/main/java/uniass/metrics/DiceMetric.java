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
 * Mean Dice per image at the threshold that the rule set wants: the reference takes the first
 * maximum, by ascending threshold, of precision + recall.
 */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "dice",
    description = "Mean Dice per image at one threshold a category, by the rule set")
public final class DiceMetric implements Metric {

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return PixelMetrics.overlap(context, context.protocol().dice(), Overlap::dice);
  }
}
