/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.function.Supplier;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;

/**
 * A metric that collects nothing itself, since shared evidence does.
 *
 * @param value computes the value when all images have been added
 */
public record SharedValue(Supplier<MetricValue> value) implements MetricAccumulator {

  @Override
  public void add(ScoredImage image) {}

  @Override
  public MetricValue result() {
    return value.get();
  }
}
