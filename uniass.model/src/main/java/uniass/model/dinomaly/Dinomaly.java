/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.dinomaly;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
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
 * Dinomaly (Guo et al., "Dinomaly: The Less Is More Philosophy in Multi-Class Unsupervised Anomaly
 * Detection", CVPR 2025), on the patches' tokens alone. The decoder has as many blocks as the
 * backbone has levels; deep blocks reconstruct shallow levels.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "dinomaly",
    description = "reconstructs a vision transformer's levels from their noisy mean (Dinomaly)")
public final class Dinomaly implements Network {

  static final String GROUPS = "groups";
  static final String DROPOUT = "dropout";
  static final String EASY = "easy";
  static final String EASY_GRADIENT = "easy-gradient";
  static final String WARM_UP = "warm-up";
  static final String HEAD_WIDTH = "head-width";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer(
            GROUPS,
            2,
            1,
            100,
            "groups of levels; each is compared with its reconstruction by means"),
        Setting.number(
            DROPOUT, 0.2, 0, 0.999, "probability of dropout in the bottleneck, the only noise"),
        Setting.number(
            EASY,
            0.9,
            0,
            1,
            "share of the cells, those that are reconstructed best, that count less"),
        Setting.number(EASY_GRADIENT, 0.1, 0, 1, "factor of the gradient at these cells"),
        Setting.integer(
            WARM_UP, 1000, 0, 100_000_000, "batches in which the share of easy cells grows from 0"),
        Setting.integer(HEAD_WIDTH, 64, 1, 65_536, "channels of an attention head"));
  }

  @Override
  public List<String> excludes() {
    return HeadSettings.NAMES;
  }

  @Override
  public List<String> refusals(NetworkPlan plan, NetworkShape shape, Settings settings) {
    List<String> reasons = new ArrayList<>();
    List<Integer> strides = plan.backbone().call(Backbone::strides);
    if (new HashSet<>(strides).size() != 1 || new HashSet<>(shape.channels()).size() != 1) {
      reasons.add(
          "dinomaly needs levels on one grid, as vision transformers without pyramid have them;"
              + " backbone '%s' has strides %s"
                  .formatted(
                      plan.backbone().name(),
                      strides.stream().map(String::valueOf).collect(Collectors.joining(", "))));
      return reasons;
    }
    if (shape.levels() % settings.integer(GROUPS) != 0) {
      reasons.add(
          "dinomaly: the backbone's %d levels do not make %d equal groups"
              .formatted(shape.levels(), settings.integer(GROUPS)));
    }
    int width = shape.channels().get(0);
    if (width % settings.integer(HEAD_WIDTH) != 0) {
      reasons.add(
          "dinomaly: the backbone's %d channels are not a multiple of the head-width %d"
              .formatted(width, settings.integer(HEAD_WIDTH)));
    }
    reasons.addAll(plan.mapFilter().call((p, s) -> p.refusals(shape, s)));
    return reasons;
  }

  @Override
  public Layer create(
      ParameterScope scope, NetworkShape shape, NetworkPlan plan, Settings settings) {
    return new DinomalyNetwork(scope, shape, plan, settings);
  }
}
