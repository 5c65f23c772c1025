/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import uniass.api.UniassException;
import uniass.api.metric.Metric;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Setting;

/**
 * A metric under the name of its value.
 *
 * @param name the metric's name and the values of settings that differ from their defaults
 * @param metric the metric and its settings
 */
record NamedMetric(String name, Configured<Metric> metric) {

  /** Names all metrics; no two names may be the same. */
  static List<NamedMetric> of(List<Configured<Metric>> metrics) {
    List<NamedMetric> named = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Configured<Metric> metric : metrics) {
      NamedMetric one = new NamedMetric(name(metric), metric);
      if (!names.add(one.name)) {
        throw new UniassException("metric '" + one.name + "' is asked for twice; name it once");
      }
      named.add(one);
    }
    return named;
  }

  static String name(Configured<Metric> metric) {
    StringBuilder name = new StringBuilder(metric.name());
    Map<String, Object> values = metric.settings().values();
    for (Setting setting : metric.part().settings()) {
      String value = plain(values.get(setting.name()));
      if (value != null && !Objects.equals(value, plain(setting.defaultValue()))) {
        name.append('-').append(value);
      }
    }
    return name.toString();
  }

  /** So that 0.3 equals 0.30 and 1 equals 1.0. */
  private static String plain(Object value) {
    return value instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
        : value == null ? null : value.toString();
  }
}
