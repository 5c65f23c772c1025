/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;
import uniass.api.plugin.Configured;

/** A metric's accumulator, whose mistakes are told under the metric's name. */
record NamedAccumulator(Configured<Metric> metric, MetricAccumulator accumulator)
    implements MetricAccumulator {

  @Override
  public void add(ScoredImage image) {
    metric.call(
        () -> {
          accumulator.add(image);
          return this;
        });
  }

  @Override
  public MetricValue result() {
    return metric.call(() -> accumulator.result());
  }

  @Override
  public void close() {
    accumulator.close();
  }
}
