/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import uniass.model.decoder.Merge;
import uniass.model.decoder.NormedConvolution;
import uniass.model.decoder.PyramidLevel;
import uniass.model.layer.Norm;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * One level of the pyramid around its 3x3 convolution, with few passes over its large maps. The
 * group norm of the 1x1 convolution of x becomes part of the convolution: the norm's statistics
 * follow from the mean and the second moments of x, which has few channels: mean(Wx) = W mean(x),
 * var(Wx) = W cov(x) W^T.
 */
final class FusedLevel implements Merge {

  private static final Script SCRIPT = Script.load(FusedLevel.class);

  private static final long PIXELS_AT_ONCE = 12544;

  private final PyramidLevel direct;
  private final FilteredConvolution convolution;

  FusedLevel(PyramidLevel direct, ParameterScope scope) {
    this.direct = direct;
    convolution = new FilteredConvolution(direct.layer().convolution().kernel(), scope);
  }

  /** Predicts few images at a time: at full width, what lies between needs much memory. */
  @Override
  public NDArray forward(NDArray input, NDArray coarser, Pass pass) {
    if (pass.execution() == Execution.DIRECT) {
      return direct.forward(input, coarser, pass);
    }
    Norm norm = direct.layer().norm();
    Shape shape = input.getShape();
    long images = shape.get(0);
    long several = Math.max(1, PIXELS_AT_ONCE / (shape.get(2) * shape.get(3)));
    if (pass.training() || images <= several) {
      NDArray y = convolved(input, coarser, pass);
      return SCRIPT.apply("normed", y, norm.weight(), norm.bias(), Norm.GROUPS, Norm.EPS);
    }
    NDArray whole =
        SCRIPT.apply(
            "whole",
            coarser,
            new long[] {images, shape.get(2), shape.get(3), coarser.getShape().get(1)});
    for (long start = 0; start < images; start += several) {
      long first = start;
      long end = Math.min(images, start + several);
      Scopes.keepOne(
              () -> {
                NDArray part =
                    convolved(
                        Ops.slice(input, 0, first, end), Ops.slice(coarser, 0, first, end), pass);
                return normedInto(whole, first, part, norm);
              })
          .close();
    }
    return whole;
  }

  /** Writes max(group norm of x, 0) to the images of {@code whole} from {@code start} on. */
  private static NDArray normedInto(NDArray whole, long start, NDArray x, Norm norm) {
    return SCRIPT.apply(
        "normed_into", whole, start, x, norm.weight(), norm.bias(), Norm.GROUPS, Norm.EPS);
  }

  private NDArray convolved(NDArray input, NDArray coarser, Pass pass) {
    return Scopes.keepOne(() -> convolution.forward(lateral(input, coarser), true, pass));
  }

  /**
   * Adds the normed 1x1 convolution of x (N,C,h,w) to the coarser map (N,D,h',w'), enlarged.
   *
   * @return (N,D,h,w), stored channels last
   */
  private NDArray lateral(NDArray x, NDArray coarser) {
    NormedConvolution adapter = direct.adapter();
    return SCRIPT.apply(
        "lateral",
        x,
        coarser,
        adapter.convolution().kernel().weight(),
        adapter.norm().weight(),
        adapter.norm().bias(),
        Norm.GROUPS,
        Norm.EPS);
  }
}
