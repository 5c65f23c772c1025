/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricValue;
import uniass.api.plugin.Plugin;

/** Average precision of the image scores, which a setting or else the rule set chooses. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "image-ap", description = "Average precision of the image scores")
public final class ImageAp extends ImageMetric {

  /** Creates the metric. */
  public ImageAp() {
    super(r -> MetricValue.of(r.ap()));
  }
}
