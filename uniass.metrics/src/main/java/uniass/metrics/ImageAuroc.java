/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricValue;
import uniass.api.plugin.Plugin;

/** Area under the ROC curve of the image scores, which a setting or else the rule set chooses. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "image-auroc", description = "Area under the ROC curve of the image scores")
public final class ImageAuroc extends ImageMetric {

  /** Creates the metric. */
  public ImageAuroc() {
    super(r -> MetricValue.of(r.auroc()));
  }
}
