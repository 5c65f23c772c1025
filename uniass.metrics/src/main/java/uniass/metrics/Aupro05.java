/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/** {@link Aupro} up to a false positive rate of 0.05. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "aupro-05",
    description = "Area under the per-region-overlap curve up to a false positive rate of 0.05")
public final class Aupro05 implements Metric {

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return ProMetric.upTo(0.05, context);
  }
}
