/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/** Average precision of all pixels of a category: the step-wise sum, ties grouped. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "pixel-ap", description = "Average precision of all pixels of a category")
public final class PixelAp implements Metric {

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return PixelMetrics.value(context, f -> MetricValue.of(f.ranks().ap()));
  }
}
