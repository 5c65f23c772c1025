/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.UniassException;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.network.Networks;
import uniass.model.fast.FastLayers;
import uniass.model.layer.Levels;
import uniass.tensor.EngineReady;
import uniass.tensor.ParameterStore;

/** Assembles networks where tensors work. */
@Component
public final class AssembledNetworks implements Networks {

  private static final int COARSEST_STRIDE = 16;

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
    if (!reasons.isEmpty()) {
      return reasons;
    }
    NetworkShape shape = shape(plan);
    reasons.addAll(plan.backbone().call((p, s) -> p.refusals(shape, s)));
    reasons.addAll(plan.network().call((n, s) -> n.refusals(plan, shape, s)));
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

  private static NetworkShape shape(NetworkPlan plan) {
    List<Integer> channels = Levels.coarseToFine(plan.backbone().call(Backbone::channels));
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
    ParameterStore store = new ParameterStore(engine.newManager(device), seed, new FastLayers());
    try {
      return new AssembledNetwork(plan, shape(plan), store);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
