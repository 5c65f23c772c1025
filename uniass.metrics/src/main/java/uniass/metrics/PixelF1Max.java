/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/** Best F1 over thresholds of all pixels of a category. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "pixel-f1-max",
    description = "Best F1 of all pixels of a category, with its threshold")
public final class PixelF1Max implements Metric {

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return PixelMetrics.value(context, f -> PixelMetrics.best(f.ranks().f1()));
  }
}
