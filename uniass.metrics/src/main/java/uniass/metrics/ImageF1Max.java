/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.metric.Metric;
import uniass.api.plugin.Plugin;

/**
 * Best F1 of the image scores, with its threshold, which a setting or else the rule set chooses.
 */
@Component(service = Metric.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "image-f1-max", description = "Best F1 of the image scores, with its threshold")
public final class ImageF1Max extends ImageMetric {

  /** Creates the metric. */
  public ImageF1Max() {
    super(r -> PixelMetrics.best(r.f1()));
  }
}
