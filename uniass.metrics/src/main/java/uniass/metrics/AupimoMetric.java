/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.metrics.curves.PixelEvidence;
import uniass.metrics.curves.SharedValue;

/**
 * Per-image overlap at false positive rates of 1e-5 to 1e-4 on normal images (Bertoldo et al., BMVC
 * 2024), averaged over anomalous images.
 */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "aupimo",
    description = "Per-image overlap at false positive rates of 1e-5 to 1e-4 on normal images")
public final class AupimoMetric implements Metric {

  private static final double LOWER = 1e-5;
  private static final double UPPER = 1e-4;

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    PixelEvidence evidence = PixelMetrics.evidence(context);
    return new SharedValue(() -> evidence.aupimo(LOWER, UPPER));
  }
}
