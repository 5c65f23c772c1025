/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.UniassException;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkPart;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.network.Networks;
import uniass.api.plugin.Configured;
import uniass.model.layer.Norm;
import uniass.tensor.EngineReady;
import uniass.tensor.ParameterStore;

/** Assembles networks where tensors work. */
@Component
public final class AssembledNetworks implements Networks {

  private static final int COARSEST_STRIDE = 16;
  private static final List<Integer> STRIDES = List.of(2, 4, 8, 16);
  private static final String PYRAMID = "pyramid";

  private final EngineReady engine;

  /** Needs the engine. */
  @Activate
  public AssembledNetworks(@Reference EngineReady engine) {
    this.engine = engine;
  }

  @Override
  public List<String> refusals(NetworkPlan plan) {
    List<String> reasons = new ArrayList<>();
    size("height", plan.imageHeight(), reasons);
    size("width", plan.imageWidth(), reasons);
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
    if (!reasons.isEmpty()) {
      return reasons;
    }
    NetworkShape shape = shape(plan);
    parts(plan).forEach(part -> reasons.addAll(part.call((p, s) -> p.refusals(shape, s))));
    return reasons;
  }

  private static void size(String side, int pixels, List<String> reasons) {
    if (pixels >= COARSEST_STRIDE && pixels % COARSEST_STRIDE == 0) {
      return;
    }
    int below = Math.max(1, pixels / COARSEST_STRIDE) * COARSEST_STRIDE;
    reasons.add(
        "image %s %d px is not a multiple of %d, the stride of the coarsest level: take %d or %d"
            .formatted(side, pixels, COARSEST_STRIDE, below, below + COARSEST_STRIDE));
  }

  private static List<Configured<? extends NetworkPart>> parts(NetworkPlan plan) {
    List<Configured<? extends NetworkPart>> parts =
        new ArrayList<>(
            List.of(
                plan.backbone(),
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

  private static NetworkShape shape(NetworkPlan plan) {
    List<Integer> channels = plan.backbone().call(Backbone::channels);
    List<Integer> inputs =
        plan.features().call((p, s) -> channels.stream().map(c -> p.inputChannels(c, s)).toList());
    return new NetworkShape(plan.imageHeight(), plan.imageWidth(), plan.hidden(), channels, inputs);
  }

  @Override
  public AnomalyNetwork assemble(NetworkPlan plan, Device device, long seed) {
    List<String> reasons = refusals(plan);
    if (!reasons.isEmpty()) {
      throw new UniassException(String.join("; ", reasons));
    }
    ParameterStore store = new ParameterStore(engine.newManager(device), seed);
    try {
      return new UniasNetwork(plan, shape(plan), store);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
