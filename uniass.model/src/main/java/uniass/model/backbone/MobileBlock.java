/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;
import uniass.model.backbone.Architecture.BlockShape;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * Inverted bottleneck (MBConv) from (N,C,h,w) to (N,C', h / stride, w / stride): 1x1 expansion,
 * depthwise convolution, squeeze-excite, 1x1 projection, and the input added if shapes allow.
 */
public final class MobileBlock implements Layer {

  private static final double SQUEEZE = 0.25;

  private final String name;
  private final boolean lite;
  private final BlockShape shape;
  private final int inner;
  private final SamePadding padding;
  private final NormedKernel expand;
  private final NormedKernel depthwise;
  private final NDList excite;
  private final NormedKernel project;

  MobileBlock(ParameterScope scope, String name, BlockShape shape, boolean lite) {
    this.name = name;
    this.lite = lite;
    this.shape = shape;
    inner = shape.inputs() * shape.expansion();
    padding = SamePadding.of(shape.size(), shape.kernel(), shape.stride());
    expand =
        shape.expansion() == 1
            ? null
            : new NormedKernel(
                NormedKernel.weight(scope.child("_expand_conv"), inner, shape.inputs(), 1),
                norm(scope.child("_bn0"), inner));
    depthwise =
        new NormedKernel(
            NormedKernel.weight(scope.child("_depthwise_conv"), inner, 1, shape.kernel()),
            norm(scope.child("_bn1"), inner));
    excite = lite ? new NDList() : excite(scope);
    project =
        new NormedKernel(
            NormedKernel.weight(scope.child("_project_conv"), shape.outputs(), inner, 1),
            norm(scope.child("_bn2"), shape.outputs()));
  }

  private NDList excite(ParameterScope scope) {
    int squeezed = Math.max(1, (int) (shape.inputs() * SQUEEZE));
    ParameterScope reduce = scope.child("_se_reduce");
    ParameterScope expansion = scope.child("_se_expand");
    return new NDList(
        NormedKernel.weight(reduce, squeezed, inner, 1),
        reduce.parameter("bias", Init.zeros(), squeezed),
        NormedKernel.weight(expansion, inner, squeezed, 1),
        expansion.parameter("bias", Init.zeros(), inner));
  }

  static FrozenNorm norm(ParameterScope scope, int channels) {
    return new FrozenNorm(scope, channels, Architecture.NORM_EPS);
  }

  /** The expansion, if it has one. */
  public Optional<NormedKernel> expand() {
    return Optional.ofNullable(expand);
  }

  /** The depthwise convolution. */
  public NormedKernel depthwise() {
    return depthwise;
  }

  /** Kernels and biases of squeeze and excite; empty if lite. */
  public NDList excite() {
    return excite;
  }

  /** The projection. */
  public NormedKernel project() {
    return project;
  }

  /** Stride of the depthwise convolution. */
  public int stride() {
    return shape.stride();
  }

  /** Padding of the depthwise convolution. */
  public SamePadding padding() {
    return padding;
  }

  /** Whether the input is added to the output. */
  public boolean skips() {
    return shape.skips();
  }

  /** Whether it has ReLU6 for swish and no squeeze-excite. */
  public boolean lite() {
    return lite;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = x;
    if (expand != null) {
      y = pass.probe(name + ".expand_conv", Ops.conv2d(y, expand.weight(), null, 1, 0, 1));
      y = activate(pass.probe(name + ".bn0", expand.norm().forward(y)), lite);
    }
    y = padding.convolve(y, depthwise.weight(), null, stride(), inner);
    pass.probe(name + ".depthwise_conv", y);
    y = activate(pass.probe(name + ".bn1", depthwise.norm().forward(y)), lite);
    if (!lite) {
      NDArray squeezed = Ops.mean(y, true, 2, 3);
      squeezed = Ops.swish(Ops.conv2d(squeezed, excite.get(0), excite.get(1), 1, 0, 1));
      NDArray logit = Ops.conv2d(squeezed, excite.get(2), excite.get(3), 1, 0, 1);
      y = y.mul(Ops.sigmoid(pass.probe(name + ".se_expand", logit)));
    }
    y = pass.probe(name + ".project_conv", Ops.conv2d(y, project.weight(), null, 1, 0, 1));
    y = pass.probe(name + ".bn2", project.norm().forward(y));
    if (skips()) {
      y = y.add(x);
    }
    return pass.probe(name, y);
  }

  static NDArray activate(NDArray x, boolean lite) {
    return lite ? Ops.relu6(x) : Ops.swish(x);
  }
}
