/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;
import java.util.function.Function;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFitting;
import uniass.api.network.MapFusion;
import uniass.api.network.MapFusion.Evidence;
import uniass.api.network.MapFusion.Labelled;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.model.layer.Contract;
import uniass.model.layer.Levels;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** From reconstructions to the anomaly map. */
final class AnomalyMaps {

  private static final double EPS = 1e-8;

  private final NetworkPlan plan;
  private final MapFilter.Layer filter;
  private final MapFusion.Layer fusion;

  AnomalyMaps(ParameterScope root, NetworkPlan plan, NetworkShape shape) {
    this.plan = plan;
    filter = plan.mapFilter().call((p, s) -> p.create(root.child("map_filter"), shape, s));
    fusion = plan.fusion().call((p, s) -> p.create(root.child("map_fusion"), shape, s));
  }

  /** 1 - cosine similarity over channels: (N,1,h,w). */
  NDArray distance(NDArray reconstruction, NDArray target) {
    return Scopes.keepOne(
        () -> Ops.rsub(Ops.cosineSimilarity(reconstruction, target, 1, EPS), 1).expandDims(1));
  }

  /** How the filter is fitted; nothing if it is not. */
  Optional<MapFitting> fitting() {
    return plan.mapFilter().call(filter::fitting);
  }

  /** The fusion, if it learns from defects. */
  Optional<MapFusion.Learning> learning() {
    return fusion instanceof MapFusion.Learning learner ? Optional.of(learner) : Optional.empty();
  }

  /** The loss that a fusion has which learns. */
  NDArray loss(Evidence normal, Optional<Labelled> painted, Pass pass) {
    MapFusion.Learning learner = learning().orElseThrow();
    NDArray loss = plan.fusion().call(() -> learner.loss(normal, painted, pass));
    if (loss.getShape().size() != 1) {
      throw plan.fusion().breach("returned a loss of shape " + loss.getShape() + ", not a number");
    }
    return pass.probe("loss." + plan.fusion().name(), loss);
  }

  /** Fuses the levels' filtered maps, coarse to fine, into (N,1,H,W). */
  NDArray fuse(Evidence evidence, Pass pass) {
    return pass.scoped(
        () -> {
          NDArray fused = plan.fusion().call(() -> fusion.forward(evidence, pass));
          Contract.shape(plan.fusion(), "a map", fused, evidence.maps().get(0).getShape());
          pass.probe("product_map", fused);
          return Ops.resizeBilinear(fused, plan.imageHeight(), plan.imageWidth(), true);
        });
  }

  /** Filters the levels' maps of images, coarse to fine, into maps (N,1,H/2,W/2). */
  NDList filtered(NDList maps, NDArray images, Pass pass) {
    return pass.scoped(
        () -> {
          NDList filtered = new NDList();
          for (int i = 0; i < maps.size(); i++) {
            filtered.add(filtered(maps.get(i), images, i, pass));
          }
          return filtered;
        },
        Function.identity(),
        maps.toArray(NDArray[]::new));
  }

  private NDArray filtered(NDArray map, NDArray images, int level, Pass pass) {
    String name = "level" + level;
    NDArray half = Ops.resizeBilinear(map, plan.imageHeight() / 2, plan.imageWidth() / 2, false);
    pass.probe(name + ".anomaly_interp", half);
    int stride = Levels.stride(level);
    NDArray smooth = plan.mapFilter().call(() -> filter.forward(half, images, stride, pass));
    Contract.shape(plan.mapFilter(), "a map", smooth, half.getShape());
    return pass.probe(name + ".anomaly_blurred", smooth);
  }
}
