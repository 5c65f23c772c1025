/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * Area under the per-region-overlap curve up to a false positive rate, normalized (Bergmann et al.,
 * "The MVTec Anomaly Detection Dataset", IJCV 2021): 8-connected components, each weighing the
 * same, against all normal pixels of a category.
 */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "aupro",
    description =
        "Area under the per-region-overlap curve up to a false positive rate, 0.3 unless set")
public final class Aupro implements Metric {

  private static final String LIMIT = "limit";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.number(LIMIT, 0.3, 1e-9, 1, "false positive rate up to which the area is taken"));
  }

  @Override
  public MetricAccumulator open(MetricContext context, Settings settings) {
    return ProMetric.upTo(settings.number(LIMIT), context);
  }
}
