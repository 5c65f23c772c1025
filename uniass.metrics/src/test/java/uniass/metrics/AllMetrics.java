/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics;

import java.util.Map;
import java.util.function.Supplier;
import uniass.api.metric.Metric;

/** The metrics by name, as the framework would find them. */
public final class AllMetrics {

  private static final Map<String, Supplier<Metric>> ALL =
      Map.ofEntries(
          Map.entry("pixel-auroc", PixelAuroc::new),
          Map.entry("pixel-ap", PixelAp::new),
          Map.entry("pixel-f1-max", PixelF1Max::new),
          Map.entry("aupro", Aupro::new),
          Map.entry("aupro-05", Aupro05::new),
          Map.entry("aupimo", AupimoMetric::new),
          Map.entry("iou-max", IouMax::new),
          Map.entry("dice", DiceMetric::new),
          Map.entry("iou", IouMetric::new),
          Map.entry("dice-f1-max", DiceF1Max::new),
          Map.entry("image-auroc", ImageAuroc::new),
          Map.entry("image-ap", ImageAp::new),
          Map.entry("image-f1-max", ImageF1Max::new));

  private AllMetrics() {}

  /** All names. */
  public static String[] names() {
    return ALL.keySet().stream().sorted().toArray(String[]::new);
  }

  /** A new instance. */
  public static Metric named(String name) {
    return ALL.get(name).get();
  }
}
