/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Metric;
import uniass.api.plugin.Plugin;

/** Best F1 of the image scores, with its threshold: mean of the top 1 %. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "image-f1-max-top-1-percent",
    description = "Best F1 of the image scores, with its threshold: mean of the top 1 %")
public final class ImageF1MaxTop extends ImageMetric {

  /** Creates the metric. */
  public ImageF1MaxTop() {
    super(ImageScore.TOP_1_PERCENT, r -> PixelMetrics.best(r.f1()));
  }
}
