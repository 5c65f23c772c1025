/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.network.Network;
import uniass.api.network.NetworkPart;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.model.layer.Norm;
import uniass.tensor.ParameterScope;

/** The published network. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "uniass", description = "reconstructs features from queries (the paper)")
public final class Uniass implements Network {

  private static final List<Integer> STRIDES = List.of(2, 4, 8, 16);
  private static final String PYRAMID = "pyramid";
  private static final String LEVELS = "levels";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer(
            LEVELS,
            STRIDES.size(),
            1,
            STRIDES.size(),
            "levels of the backbone that are reconstructed, from the coarsest on"));
  }

  @Override
  public List<String> refusals(NetworkPlan plan, NetworkShape shape, Settings settings) {
    List<String> reasons = new ArrayList<>();
    if (plan.hidden() < 1 || plan.hidden() % Norm.GROUPS != 0) {
      reasons.add(
          "hidden width %d is not a multiple of the %d groups that its norms have"
              .formatted(plan.hidden(), Norm.GROUPS));
    }
    if (plan.loss().isEmpty()) {
      reasons.add("a loss without terms trains nothing: name some, such as [mse, cosine]");
    }
    List<Integer> strides = plan.backbone().call(Backbone::strides);
    if (!strides.equals(STRIDES)) {
      reasons.add(
          "the network needs levels of strides 2, 4, 8 and 16; backbone '%s' has %s%s"
              .formatted(
                  plan.backbone().name(),
                  strides.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  plan.backbone().settings().has(PYRAMID)
                      ? ": set model.backbone.pyramid to true"
                      : ""));
    }
    if (reasons.isEmpty()) {
      NetworkShape used = shape.coarsest(settings.integer(LEVELS));
      parts(plan).forEach(part -> reasons.addAll(part.call((p, s) -> p.refusals(used, s))));
    }
    return reasons;
  }

  private static List<Configured<? extends NetworkPart>> parts(NetworkPlan plan) {
    List<Configured<? extends NetworkPart>> parts =
        new ArrayList<>(
            List.of(
                plan.features(),
                plan.pixelDecoder(),
                plan.attention(),
                plan.gatedCnn(),
                plan.queryProjector(),
                plan.queryProcessor(),
                plan.mapFilter(),
                plan.fusion()));
    parts.addAll(plan.loss());
    return parts;
  }

  @Override
  public Layer create(
      ParameterScope scope, NetworkShape shape, NetworkPlan plan, Settings settings) {
    return new UniasNetwork(scope, shape, plan, settings.integer(LEVELS));
  }
}
