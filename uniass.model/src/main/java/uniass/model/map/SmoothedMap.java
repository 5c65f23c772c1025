/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFitting;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.model.layer.Contract;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** The anomaly map of a network that has one map of distances: no fusion, the plan's filter. */
public final class SmoothedMap {

  private final NetworkPlan plan;
  private final MapFilter.Layer filter;
  private final int stride;

  /** Creates the filter; the stride of the distances may be any. */
  public SmoothedMap(ParameterScope root, NetworkPlan plan, NetworkShape shape, int stride) {
    this.plan = plan;
    filter = plan.mapFilter().call((p, s) -> p.create(root.child("map_filter"), shape, s));
    this.stride = Integer.highestOneBit(stride);
  }

  /** How the filter is fitted; nothing if it is not. */
  public Optional<MapFitting> fitting() {
    return plan.mapFilter().call(filter::fitting);
  }

  /** Brings distances (N,1,h,w) of images (N,3,H,W) to their size, smoothed at half of it. */
  public NDArray forward(NDArray distances, NDArray images, Pass pass) {
    return pass.scoped(
        () -> {
          int height = plan.imageHeight();
          int width = plan.imageWidth();
          NDArray half = Ops.resizeBilinear(distances, height / 2, width / 2, false);
          NDArray smooth = plan.mapFilter().call(() -> filter.forward(half, images, stride, pass));
          Contract.shape(plan.mapFilter(), "a map", smooth, half.getShape());
          return Ops.resizeBilinear(smooth, height, width, true);
        });
  }
}
