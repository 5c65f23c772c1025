/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.backbone.Architecture.BlockShape;
import uniass.model.layer.Derived;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * Inverted bottleneck (MBConv): 1x1 expansion, depthwise convolution, squeeze-excite, 1x1
 * projection, and the input added where shapes allow.
 */
final class MobileBlock {

  private static final double SQUEEZE = 0.25;

  private final boolean lite;
  private final BlockShape shape;
  private final int inner;
  private final SamePadding padding;
  private NDArray expand;
  private FrozenNorm expandNorm;
  private final NDArray depthwise;
  private final FrozenNorm depthwiseNorm;
  private NDArray reduceWeight;
  private NDArray reduceBias;
  private NDArray exciteWeight;
  private NDArray exciteBias;
  private final NDArray project;
  private final FrozenNorm projectNorm;
  private final Derived folded;

  MobileBlock(ParameterScope scope, BlockShape shape, boolean lite) {
    this.lite = lite;
    this.shape = shape;
    inner = shape.inputs() * shape.expansion();
    padding = SamePadding.of(shape.size(), shape.kernel(), shape.stride());
    if (shape.expansion() != 1) {
      expand = weight(scope.child("_expand_conv"), inner, shape.inputs(), 1);
      expandNorm = new FrozenNorm(scope.child("_bn0"), inner, Architecture.NORM_EPS);
    }
    depthwise = weight(scope.child("_depthwise_conv"), inner, 1, shape.kernel());
    depthwiseNorm = new FrozenNorm(scope.child("_bn1"), inner, Architecture.NORM_EPS);
    if (!lite) {
      int squeezed = Math.max(1, (int) (shape.inputs() * SQUEEZE));
      ParameterScope reduce = scope.child("_se_reduce");
      reduceWeight = weight(reduce, squeezed, inner, 1);
      reduceBias = reduce.parameter("bias", Init.zeros(), squeezed);
      ParameterScope excite = scope.child("_se_expand");
      exciteWeight = weight(excite, inner, squeezed, 1);
      exciteBias = excite.parameter("bias", Init.zeros(), inner);
    }
    project = weight(scope.child("_project_conv"), shape.outputs(), inner, 1);
    projectNorm = new FrozenNorm(scope.child("_bn2"), shape.outputs(), Architecture.NORM_EPS);
    folded = Derived.ofFrozen(scope, this::fold);
  }

  /** He-normal values: with them a random backbone keeps its signal through all blocks. */
  static NDArray weight(ParameterScope scope, int outputs, int inputs, int kernel) {
    double deviation = Math.sqrt(2.0 / ((double) inputs * kernel * kernel));
    Init he =
        (values, dims, random) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
          }
        };
    return scope.parameter("weight", he, outputs, inputs, kernel, kernel);
  }

  private NDList fold() {
    NDList weights =
        new NDList(
            depthwiseNorm.foldedWeight(depthwise),
            depthwiseNorm.foldedBias(),
            projectNorm.foldedWeight(project),
            projectNorm.foldedBias());
    if (expand != null) {
      weights.add(expandNorm.foldedWeight(expand));
      weights.add(expandNorm.foldedBias());
    }
    return weights;
  }

  /** Computes the block with folded norms. */
  NDArray folded(NDArray x, Pass pass) {
    NDList weights = folded.get(pass);
    NDList excite =
        lite ? new NDList() : new NDList(reduceWeight, reduceBias, exciteWeight, exciteBias);
    return FoldedBlock.block(
        x,
        new NDList(weights.subList(4, weights.size())),
        new NDList(weights.subList(0, 4)),
        excite,
        shape,
        padding,
        lite);
  }

  /** Computes (N,C,h,w) to (N,C', h / stride, w / stride). */
  NDArray forward(NDArray x, String name, Pass pass) {
    NDArray y = x;
    if (expand != null) {
      y = pass.probe(name + ".expand_conv", Ops.conv2d(y, expand, null, 1, 0, 1));
      y = activate(pass.probe(name + ".bn0", expandNorm.forward(y)), lite);
    }
    y = padding.convolve(y, depthwise, null, shape.stride(), inner);
    pass.probe(name + ".depthwise_conv", y);
    y = activate(pass.probe(name + ".bn1", depthwiseNorm.forward(y)), lite);
    if (!lite) {
      NDArray squeezed = Ops.mean(y, true, 2, 3);
      squeezed = Ops.swish(Ops.conv2d(squeezed, reduceWeight, reduceBias, 1, 0, 1));
      NDArray logit = Ops.conv2d(squeezed, exciteWeight, exciteBias, 1, 0, 1);
      y = y.mul(Ops.sigmoid(pass.probe(name + ".se_expand", logit)));
    }
    y = pass.probe(name + ".project_conv", Ops.conv2d(y, project, null, 1, 0, 1));
    y = pass.probe(name + ".bn2", projectNorm.forward(y));
    if (shape.skips()) {
      y = y.add(x);
    }
    return pass.probe(name, y);
  }

  static NDArray activate(NDArray x, boolean lite) {
    return lite ? Ops.relu6(x) : Ops.swish(x);
  }
}
