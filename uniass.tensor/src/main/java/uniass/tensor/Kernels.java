/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.function.Function;

/**
 * PyTorch's own functions behind {@link Ops}, whose Javadoc says what they do; recorded on request.
 */
final class Kernels {

  private static final Shape ONE = new Shape(1, 1);

  private Kernels() {}

  static NDArray conv2d(
      NDArray x, NDArray weight, NDArray bias, int stride, int padding, int groups) {
    Shape strides = new Shape(stride, stride);
    Shape paddings = new Shape(padding, padding);
    return recorded(
        "conv2d",
        v ->
            Precision.isReduced(v[0])
                ? Precision.reduced("conv2d", v[0], weight, bias, stride, padding, groups)
                : JniUtils.convolution(
                    pt(v[0]), pt(weight), pt(bias), strides, paddings, ONE, groups),
        new Object[] {x, weight, bias, stride, padding, groups});
  }

  static NDArray padZero(NDArray x, int left, int right, int top, int bottom) {
    return recorded(
        "padZero",
        v -> JniUtils.pad(pt(v[0]), new long[] {left, right, top, bottom}, 0),
        x,
        left,
        right,
        top,
        bottom);
  }

  static NDArray averagePool(NDArray x, int kernel, int stride) {
    Shape window = new Shape(kernel, kernel);
    Shape step = new Shape(stride, stride);
    return recorded(
        "averagePool",
        v -> JniUtils.avgPool(pt(v[0]), window, step, new Shape(0, 0), false, true),
        x,
        kernel,
        stride);
  }

  static NDArray maxPool(NDArray x, int kernel, int stride, int padding) {
    Shape window = new Shape(kernel, kernel);
    Shape step = new Shape(stride, stride);
    return recorded(
        "maxPool",
        v -> JniUtils.maxPool(pt(v[0]), window, step, new Shape(padding, padding), false),
        x,
        kernel,
        stride,
        padding);
  }

  static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return recorded(
        "linear",
        v ->
            Precision.isReduced(v[0])
                ? Precision.reduced("linear", v[0], weight, bias)
                : JniUtils.linear(pt(v[0]), pt(weight), pt(bias)),
        x,
        weight,
        bias);
  }

  static NDArray matMul(NDArray a, NDArray b) {
    return recorded(
        "matMul",
        v ->
            Precision.isReduced(v[0])
                ? Precision.reduced("matmul", v[0], v[1])
                : JniUtils.matmul(pt(v[0]), pt(v[1])),
        a,
        b);
  }

  static NDArray batchNorm(
      NDArray x, NDArray mean, NDArray variance, NDArray weight, NDArray bias, double eps) {
    // JniUtils names these arguments in another order than its native call takes them in.
    return recorded(
        "batchNorm",
        v ->
            JniUtils.batchNorm(
                pt(v[0]), pt(mean), pt(variance), pt(weight), pt(bias), false, 0, eps),
        new Object[] {x, mean, variance, weight, bias, eps});
  }

  static NDArray relu(NDArray x) {
    return recorded("relu", v -> JniUtils.relu(pt(v[0])), x);
  }

  static NDArray gelu(NDArray x) {
    return recorded("gelu", v -> JniUtils.gelu(pt(v[0])), x);
  }

  static NDArray sigmoid(NDArray x) {
    return recorded("sigmoid", v -> JniUtils.sigmoid(pt(v[0])), x);
  }

  static NDArray softmax(NDArray x, int axis) {
    return recorded(
        "softmax", v -> JniUtils.softmax(pt(v[0]), axis, pt(v[0]).getDataType()), x, axis);
  }

  static NDArray sum(NDArray x, boolean keepAxes, int... axes) {
    long[] over = longs(axes);
    return recorded("sum", v -> JniUtils.sum(pt(v[0]), over, keepAxes), x, over, keepAxes);
  }

  static NDArray concat(int axis, NDArray... parts) {
    return recorded(
        "concat",
        v -> {
          NDArray[] values = (NDArray[]) v[0];
          return JniUtils.cat(Arrays.copyOf(values, values.length, PtNDArray[].class), axis);
        },
        parts,
        axis);
  }

  /** Computes an operation, and tells of it if one of its tensors is recorded. */
  static NDArray recorded(
      String operation, Function<Object[], NDArray> compute, Object... arguments) {
    return Recording.concerns(arguments)
        ? Recording.apply(operation, compute, arguments)
        : compute.apply(arguments);
  }

  static PtNDArray pt(Object tensor) {
    return (PtNDArray) tensor;
  }

  static long[] longs(int... values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
