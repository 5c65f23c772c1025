/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.network.Network;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.model.layer.HeadSettings;
import uniass.tensor.ParameterScope;

/**
 * A bank of patches of normal images of all categories (Roth et al., "Towards Total Recall in
 * Industrial Anomaly Detection", CVPR 2022), searched as one or by category.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "memory-bank",
    description = "distance to the nearest remembered patch (PatchCore); fitted in one pass")
public final class MemoryBank implements Network {

  static final String LEVELS = "levels";
  static final String SIZE = "size";
  static final String CANDIDATES = "candidates";
  static final String PROJECTION = "projection";
  static final String NEIGHBORS = "neighbors";
  static final String FLIPS = "flips";
  private static final String SEARCH = "search";
  private static final String CATEGORY = "category";
  static final String SCALES = "scales";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.texts(
            LEVELS,
            List.of("3", "4"),
            List.of(),
            "the backbone's levels that patches are made of, 1 for the finest"),
        Setting.integer(
            SIZE,
            4000,
            1,
            1_000_000,
            "patches that are remembered at each scale, or all if there are fewer"),
        Setting.integer(
            CANDIDATES,
            200_000,
            1,
            20_000_000,
            "patches to choose from at each scale; of more, an equal share of each image at random"),
        Setting.integer(
            PROJECTION,
            256,
            0,
            65_536,
            "values per patch after a random projection, for the choice alone; 0 for none"),
        Setting.integer(
            NEIGHBORS,
            0,
            0,
            1000,
            "remembered patches that re-weight an image's map by how usual its worst is; 0 for"
                + " none"),
        Setting.choice(
            SEARCH,
            "all",
            List.of("all", CATEGORY),
            "where the nearest patch is looked for: in all of the bank, or among the patches of"
                + " one category, the one that most of the image's patches are nearest to; each"
                + " category then has an equal part of the bank"),
        Setting.texts(
            SCALES,
            List.of("1"),
            List.of(),
            "shares of the image's size at which patches are made, such as [1, 0.67, 0.5]; the"
                + " distances are averaged; each scale has a bank of its own"),
        Setting.choice(
            FLIPS,
            "none",
            List.of("none", "horizontal", "both"),
            "mirrored copies of an image whose distances are averaged with its own: 2 (horizontal) or 4"
                + " (both) times the time"));
  }

  @Override
  public List<String> excludes() {
    return HeadSettings.NAMES;
  }

  @Override
  public List<String> refusals(NetworkPlan plan, NetworkShape shape, Settings settings) {
    List<String> reasons = new ArrayList<>();
    List<String> levels = settings.texts(LEVELS);
    if (levels.isEmpty()) {
      reasons.add("a memory bank without levels has no patches: name some, such as [3, 4]");
    }
    for (String level : levels) {
      if (!level.matches("\\d{1,4}")
          || Integer.parseInt(level) < 1
          || Integer.parseInt(level) > shape.levels()) {
        reasons.add(
            "memory-bank: no level '%s'; backbone '%s' has 1 (fine) to %d (coarse)"
                .formatted(level, plan.backbone().name(), shape.levels()));
      }
    }
    reasons.addAll(scaleRefusals(plan, settings));
    if (settings.integer(NEIGHBORS) == 1) {
      reasons.add(
          "memory-bank: neighbors is 0 for none, or 2 at least: the nearest is one of them");
    }
    reasons.addAll(plan.mapFilter().call((p, s) -> p.refusals(shape, s)));
    return reasons;
  }

  private static List<String> scaleRefusals(NetworkPlan plan, Settings settings) {
    List<String> scales = settings.texts(SCALES);
    if (scales.isEmpty()) {
      return List.of("a memory bank without scales has no patches: name some, such as [1]");
    }
    List<String> reasons = new ArrayList<>();
    for (String scale : scales) {
      if (!scale.matches("\\d*\\.?\\d+")
          || Double.parseDouble(scale) < 0.1
          || Double.parseDouble(scale) > 2) {
        reasons.add("memory-bank: scales are numbers from 0.1 to 2, not '%s'".formatted(scale));
      }
    }
    if (reasons.isEmpty()
        && !scales(settings).equals(List.of(1.0))
        && !plan.backbone().call(Backbone::anySize)) {
      reasons.add(
          ("memory-bank: several scales are for backbones that take images of any size, and '%s'"
                  + " does not: set model.network.scales to [1]")
              .formatted(plan.backbone().name()));
    }
    return reasons;
  }

  /** Whether each category has a part of the bank. */
  static boolean perCategory(Settings settings) {
    return settings.text(SEARCH).equals(CATEGORY);
  }

  /** The scales, from fine to coarse. */
  static List<Double> scales(Settings settings) {
    return settings.texts(SCALES).stream()
        .map(Double::valueOf)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  @Override
  public Layer create(
      ParameterScope scope, NetworkShape shape, NetworkPlan plan, Settings settings) {
    return new BankNetwork(scope, shape, plan, settings);
  }
}
