/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.util.Map;

/**
 * A metric's result.
 *
 * @param value the value, usually 0 to 1; NaN where it is not defined, as AUROC without anomalies
 * @param details further metric values by name, such as {@code threshold}
 */
public record MetricValue(double value, Map<String, Double> details) {

  /** Copies the map. */
  public MetricValue {
    details = Map.copyOf(details);
  }

  /** A metric value alone. */
  public static MetricValue of(double value) {
    return new MetricValue(value, Map.of());
  }

  /** Not defined. */
  public static MetricValue undefined() {
    return of(Double.NaN);
  }

  /** Whether there is a metric value. */
  public boolean defined() {
    return !Double.isNaN(value);
  }
}
