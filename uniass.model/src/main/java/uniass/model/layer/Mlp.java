/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Linear maps of the last axis with ReLU between them; parameters {@code layers.k}. */
public final class Mlp {

  private final List<Linear> layers;

  /** Creates one layer between each two consecutive widths. */
  public Mlp(ParameterScope scope, int... widths) {
    List<Linear> created = new ArrayList<>();
    for (int k = 0; k + 1 < widths.length; k++) {
      created.add(Linear.xavier(scope.child("layers." + k), widths[k], widths[k + 1]));
    }
    layers = List.copyOf(created);
  }

  /** Its linear maps, first to last. */
  public List<Linear> layers() {
    return layers;
  }

  /** Maps (..., first width) to (..., last width). */
  public NDArray forward(NDArray input) {
    NDArray x = layers.get(0).forward(input);
    for (Linear layer : layers.subList(1, layers.size())) {
      x = layer.forward(Ops.relu(x));
    }
    return x;
  }

  /** Maps each pixel of (N,C,h,w). */
  public NDArray forwardPixels(NDArray image) {
    long height = image.getShape().get(2);
    long width = image.getShape().get(3);
    return Ops.toImage(forward(Ops.toTokens(image)), (int) height, (int) width);
  }
}
