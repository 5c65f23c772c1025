package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.api.network.NetworkPlan;
import uniass.model.layer.Intermediates;
import uniass.tensor.Ops;
import uniass.tensor.Pass;

/** From reconstructions to the anomaly map. */
final class AnomalyMaps {

  private static final double EPS = 1e-8;

  private final NetworkPlan plan;

  AnomalyMaps(NetworkPlan plan) {
    this.plan = plan;
  }

  /** 1 - cosine similarity over channels: (N,1,h,w). */
  NDArray distance(NDArray reconstruction, NDArray target) {
    return Intermediates.freed(
        () -> Ops.rsub(Ops.cosineSimilarity(reconstruction, target, 1, EPS), 1).expandDims(1));
  }

  /** Filters and fuses the levels' maps, coarse to fine, into (N,1,H,W). */
  NDArray fuse(NDList maps, Pass pass) {
    return Intermediates.freed(
        () -> {
          NDList filtered = new NDList();
          for (int i = 0; i < maps.size(); i++) {
            filtered.add(filtered(maps.get(i), i, pass));
          }
          var fusion = plan.fusion();
          NDArray fused = fusion.call(part -> part.fuse(filtered, fusion.settings()));
          Contract.shape(fusion, "a map", fused, filtered.get(0).getShape());
          pass.probe("product_map", fused);
          return Ops.resizeBilinear(fused, plan.imageHeight(), plan.imageWidth(), true);
        });
  }

  private NDArray filtered(NDArray map, int level, Pass pass) {
    String name = "level" + level;
    NDArray half = Ops.resizeBilinear(map, plan.imageHeight() / 2, plan.imageWidth() / 2, false);
    pass.probe(name + ".anomaly_interp", half);
    var filter = plan.mapFilter();
    NDArray smooth = filter.call(part -> part.filter(half, level, filter.settings()));
    Contract.shape(filter, "a map", smooth, half.getShape());
    return pass.probe(name + ".anomaly_blurred", smooth);
  }
}
