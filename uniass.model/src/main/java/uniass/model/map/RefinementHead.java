/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Script;

/**
 * A small convolutional network from feature differences to the logit of a defect: per level a 1x1
 * convolution, then all levels on one grid, two 3x3 convolutions and a 1x1 convolution.
 *
 * <p>Its parameters are stored divided by a factor. An optimizer that changes every parameter by
 * about its rate, as AdamW does, so trains this head that many times faster than the rest of the
 * network (the equalized learning rate of Karras et al., ICLR 2018).
 */
final class RefinementHead {

  private static final Script SCRIPT = Script.load(RefinementHead.class);

  private static final int LEVEL_WIDTH = 16;
  private static final double FACTOR = 10;
  private static final double GAMMA = 2;
  private static final double ALPHA = 0.75;

  /** Defects are rare: the first guess is that a pixel is normal. */
  private static final double FIRST_LOGIT = -3;

  private final int height;
  private final int width;
  private final int stride;
  private final List<Conv> levels = new ArrayList<>();
  private final Conv first;
  private final Conv second;
  private final Conv out;

  /**
   * Creates the parameters.
   *
   * @param stride of the grid that it works on: 2 or 4
   * @param channels of its 3x3 convolutions
   */
  RefinementHead(ParameterScope scope, NetworkShape shape, int stride, int channels) {
    this.stride = stride;
    height = shape.imageHeight() / stride;
    width = shape.imageWidth() / stride;
    int n = shape.levels();
    for (int i = 0; i < n; i++) {
      int inputs = shape.channels().get(i) + 1;
      levels.add(new Conv(scope.child("level." + i), inputs, LEVEL_WIDTH, 1, 0));
    }
    first = new Conv(scope.child("first"), n * LEVEL_WIDTH, channels, 3, 0);
    second = new Conv(scope.child("second"), channels, channels, 3, 0);
    out = new Conv(scope.child("out"), channels, 1, 1, FIRST_LOGIT);
  }

  /** A convolution that keeps the size. */
  private static final class Conv {
    private final NDArray weight;
    private final NDArray bias;

    Conv(ParameterScope scope, int inputs, int outputs, int kernel, double firstBias) {
      double bound = Math.sqrt(6.0 / ((double) inputs * kernel * kernel)) / FACTOR;
      weight = scope.parameter("weight", Init.uniform(bound), outputs, inputs, kernel, kernel);
      bias = scope.parameter("bias", Init.constant((float) (firstBias / FACTOR)), outputs);
    }

    NDArray forward(NDArray x) {
      return Ops.convSame(x, Ops.mul(weight, FACTOR), Ops.mul(bias, FACTOR));
    }
  }

  /** The logits (N,1,H/stride,W/stride) of features and their reconstructions, coarse to fine. */
  NDArray logits(NDList targets, NDList reconstructions) {
    NDArray[] seen = new NDArray[levels.size()];
    for (int i = 0; i < seen.length; i++) {
      int pool = Math.max(1, stride * (1 << i) / 16);
      NDArray differences =
          SCRIPT.apply("differences", targets.get(i), reconstructions.get(i), pool);
      NDArray level = Ops.relu(levels.get(i).forward(differences));
      seen[i] = Ops.resizeBilinear(level, height, width, false);
    }
    NDArray x = Ops.relu(first.forward(Ops.concat(1, seen)));
    return out.forward(Ops.relu(second.forward(x)));
  }

  /**
   * The loss of logits.
   *
   * @param masks (N,1,H,W)
   */
  NDArray loss(NDArray logits, NDArray masks) {
    int pool = (int) (masks.getShape().get(2) / height);
    NDArray soft = pool > 1 ? Ops.averagePool(masks, pool, pool) : masks;
    return SCRIPT.apply("focal_dice", logits, soft, GAMMA, ALPHA);
  }

  /** Features (N,C,h,w) with noise where the mask (N,1,h,w) is 1. */
  static NDArray disturbed(NDArray features, NDArray mask, NDArray noise, double strength) {
    return SCRIPT.apply("disturbed", features, mask, noise, strength);
  }
}
