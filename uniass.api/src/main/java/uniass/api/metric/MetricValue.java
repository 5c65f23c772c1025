package uniass.api.metric;

import java.util.Map;

/**
 * A metric's result.
 *
 * @param value the figure, usually 0 to 1; NaN where it is not defined, as AUROC without anomalies
 * @param details further figures by name, such as {@code threshold}
 */
public record MetricValue(double value, Map<String, Double> details) {

  /** Copies the map. */
  public MetricValue {
    details = Map.copyOf(details);
  }

  /** A figure alone. */
  public static MetricValue of(double value) {
    return new MetricValue(value, Map.of());
  }

  /** Not defined. */
  public static MetricValue undefined() {
    return of(Double.NaN);
  }

  /** Whether there is a figure. */
  public boolean defined() {
    return !Double.isNaN(value);
  }
}
