package uniass.metrics;

import java.util.function.Supplier;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;

/**
 * A metric that collects nothing itself, since shared evidence does.
 *
 * @param figure computes the value when all images have been added
 */
public record Derived(Supplier<MetricValue> figure) implements MetricAccumulator {

  @Override
  public void add(ScoredImage image) {}

  @Override
  public MetricValue result() {
    return figure.get();
  }
}
