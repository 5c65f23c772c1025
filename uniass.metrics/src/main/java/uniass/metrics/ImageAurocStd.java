/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricValue;
import uniass.api.plugin.Plugin;

/** Area under the ROC curve of the image scores: standard deviation of the map. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "image-auroc-std",
    description = "Area under the ROC curve of the image scores: standard deviation of the map")
public final class ImageAurocStd extends ImageMetric {

  /** Creates the metric. */
  public ImageAurocStd() {
    super(ImageScore.STD, r -> MetricValue.of(r.auroc()));
  }
}
