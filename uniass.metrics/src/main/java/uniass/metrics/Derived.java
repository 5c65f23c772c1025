package uniass.metrics;

import java.util.function.Supplier;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredPicture;

/**
 * A metric that collects nothing itself, since shared evidence does.
 *
 * @param figure computes the value when all pictures have been added
 */
public record Derived(Supplier<MetricValue> figure) implements MetricAccumulator {

  @Override
  public void add(ScoredPicture picture) {}

  @Override
  public MetricValue result() {
    return figure.get();
  }
}
