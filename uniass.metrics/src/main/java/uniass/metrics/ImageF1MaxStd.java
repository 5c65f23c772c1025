/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Metric;
import uniass.api.plugin.Plugin;

/** Best F1 of the image scores, with its threshold: standard deviation of the map. */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "image-f1-max-std",
    description = "Best F1 of the image scores, with its threshold: standard deviation of the map")
public final class ImageF1MaxStd extends ImageMetric {

  /** Creates the metric. */
  public ImageF1MaxStd() {
    super(ImageScore.STD, r -> PixelMetrics.best(r.f1()));
  }
}
