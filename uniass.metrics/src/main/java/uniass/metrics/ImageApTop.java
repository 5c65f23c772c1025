/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricValue;
import uniass.api.plugin.Plugin;

/** Average precision of the image scores: mean of the top 1 %. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "image-ap-top-1-percent",
    description = "Average precision of the image scores: mean of the top 1 %")
public final class ImageApTop extends ImageMetric {

  /** Creates the metric. */
  public ImageApTop() {
    super(ImageScore.TOP_1_PERCENT, r -> MetricValue.of(r.ap()));
  }
}
