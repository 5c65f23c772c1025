/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.util.LinkedHashMap;
import java.util.Map;
import uniass.api.network.NetworkCost;

/**
 * What a trial found; nothing in it depends on clock, host or path.
 *
 * @param categories metric values per category; those that are not defined are absent
 * @param baselines means over categories, per baseline
 * @param network what the model costs on any machine
 * @param selected how the model's state was chosen: {@code last}, {@code normal-split} or {@code
 *     test}
 */
public record TrialResult(
    Map<String, Map<String, Double>> categories,
    Map<String, Map<String, Double>> baselines,
    NetworkCost network,
    String selected) {

  /** Leaves undefined values out, because JSON has none. */
  static Map<String, Map<String, Double>> defined(Map<String, Map<String, Double>> values) {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>();
    values.forEach(
        (name, row) -> {
          Map<String, Double> own = new LinkedHashMap<>();
          row.forEach(
              (metric, value) -> {
                if (value != null && Double.isFinite(value)) {
                  own.put(metric, value);
                }
              });
          all.put(name, own);
        });
    return all;
  }
}
