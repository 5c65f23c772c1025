/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricValue;
import uniass.api.plugin.Plugin;

/** Average precision of the image scores: mean of the map. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "image-ap-mean",
    description = "Average precision of the image scores: mean of the map")
public final class ImageApMean extends ImageMetric {

  /** Creates the metric. */
  public ImageApMean() {
    super(ImageScore.MEAN, r -> MetricValue.of(r.ap()));
  }
}
