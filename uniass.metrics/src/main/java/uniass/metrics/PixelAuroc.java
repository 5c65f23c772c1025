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

/** Area under the ROC curve of all pixels of a category, ties counting one half. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "pixel-auroc", description = "Area under the ROC curve of all pixels of a category")
public final class PixelAuroc implements Metric {

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return PixelMetrics.value(context, f -> MetricValue.of(f.ranks().auroc()));
  }
}
