/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import java.util.ArrayList;
import java.util.List;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * What attention blocks and the Transformer encoder let an experiment choose.
 *
 * @param preNorm whether norms come before the sublayers rather than after the sums
 * @param heads attention heads
 * @param inner inner width of the feed-forward maps
 * @param dropout probability of all dropouts
 * @param neighborMask side of the hidden square, 0 for none
 */
public record BlockSettings(
    boolean preNorm, int heads, int inner, double dropout, int neighborMask) {

  private static final String NORM = "norm";
  private static final String HEADS = "heads";
  private static final String INNER = "ffn";
  private static final String DROPOUT = "dropout";
  private static final String NEIGHBOR_MASK = "neighbour-mask";

  /** Reads checked settings. */
  public static BlockSettings of(Settings settings) {
    return new BlockSettings(
        settings.text(NORM).equals("pre"),
        settings.integer(HEADS),
        settings.integer(INNER),
        settings.number(DROPOUT),
        settings.integer(NEIGHBOR_MASK));
  }

  /** Declares the settings, with the paper's defaults. */
  public static List<Setting> declare(int neighborMask) {
    return List.of(
        Setting.choice(NORM, "post", List.of("post", "pre"), "where the layer norms sit"),
        Setting.integer(HEADS, 4, 1, 1024, "attention heads"),
        Setting.integer(INNER, 2048, 1, 1 << 20, "inner width of the feed-forward maps"),
        Setting.number(DROPOUT, 0.1, 0, 0.999, "probability of dropout in training"),
        Setting.integer(
            NEIGHBOR_MASK, neighborMask, 0, 9999, "side of the hidden square, odd; 0 for none"));
  }

  /**
   * Says why these settings do not fit.
   *
   * @param part the part in words, for messages
   */
  public List<String> refusals(String part, int hidden, int gridHeight, int gridWidth) {
    List<String> reasons = new ArrayList<>();
    if (hidden % heads != 0) {
      reasons.add(
          "%s: hidden width %d is not divisible by %d heads".formatted(part, hidden, heads));
    }
    NeighborMask.refusals(gridHeight, gridWidth, neighborMask)
        .forEach(reason -> reasons.add(part + ": " + reason));
    return reasons;
  }
}
