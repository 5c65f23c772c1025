/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Metric;
import uniass.api.plugin.Plugin;

/** Best F1 of the image scores, with its threshold: mean of the map. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "image-f1-max-mean",
    description = "Best F1 of the image scores, with its threshold: mean of the map")
public final class ImageF1MaxMean extends ImageMetric {

  /** Creates the metric. */
  public ImageF1MaxMean() {
    super(ImageScore.MEAN, r -> PixelMetrics.best(r.f1()));
  }
}
