/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.metrics.curves.Overlap;

/** Mean Dice per image at the threshold where the F1 of all pixels is best. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "dice-f1-max",
    description = "Mean Dice per image at the threshold of the best pixel F1")
public final class DiceF1Max implements Metric {

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return PixelMetrics.overlap(context, EvaluationProtocol.DiceThreshold.F1_MAX, Overlap::dice);
  }
}
