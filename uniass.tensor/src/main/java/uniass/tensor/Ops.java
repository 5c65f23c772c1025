/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/**
 * Every tensor operation that network parts use. Results belong to the manager of the first
 * argument, or to the innermost open {@link ai.djl.ndarray.NDScope}. All operations have correct
 * gradients unless said otherwise.
 *
 * <p>DJL's own {@code mul}, {@code div}, {@code pow} and {@code maximum} with a Java number give
 * wrong gradients on the CPU (their scalar is freed before the backward pass reads it): use {@link
 * #mul}, {@link #add} and the others here. The build forbids those calls.
 *
 * <p>Safe on {@link NDArray} itself, and fast: {@code add}, {@code sub}, {@code mul}, {@code div},
 * {@code maximum} and {@code minimum} <em>of two tensors</em>, {@code neg}, {@code abs}, {@code
 * square}, {@code sqrt}, {@code exp}, {@code log}, {@code tanh}, {@code sum()}, {@code reshape},
 * {@code transpose}, {@code swapAxes}, {@code flatten}, {@code expandDims}, {@code squeeze}, {@code
 * broadcast}, {@code get} with a slice, {@code stack}, {@code toType} to and from float16 and
 * float64.
 */
public final class Ops {

  private static final Script SCRIPT = Script.load(Ops.class);
  private static final Shape ONE = new Shape(1, 1);

  private Ops() {}

  /**
   * 2-D convolution with zero padding, equal on opposite sides.
   *
   * @param x (N,C,H,W)
   * @param weight (O, C / groups, kernel, kernel)
   * @param bias (O), or null
   */
  public static NDArray conv2d(
      NDArray x, NDArray weight, NDArray bias, int stride, int padding, int groups) {
    if (Recording.isOn(x)) {
      return Recording.apply(
          "conv2d",
          v -> conv2d(nd(v[0]), weight, bias, stride, padding, groups),
          x,
          weight,
          bias,
          stride,
          padding,
          groups);
    }
    return JniUtils.convolution(
        pt(x),
        pt(weight),
        pt(bias),
        new Shape(stride, stride),
        new Shape(padding, padding),
        ONE,
        groups);
  }

  /** 2-D convolution with stride 1, one group and the padding that keeps the size (odd kernels). */
  public static NDArray convSame(NDArray x, NDArray weight, NDArray bias) {
    return conv2d(x, weight, bias, 1, (int) (weight.getShape().get(2) / 2), 1);
  }

  /** Pads the last two axes with zeros. */
  public static NDArray padZero(NDArray x, int left, int right, int top, int bottom) {
    if (Recording.isOn(x)) {
      return Recording.apply(
          "padZero", v -> padZero(nd(v[0]), left, right, top, bottom), x, left, right, top, bottom);
    }
    return JniUtils.pad(pt(x), new long[] {left, right, top, bottom}, 0);
  }

  /** Pads the last two axes of (N,C,H,W) by reflection that does not repeat the edge. */
  public static NDArray padReflect(NDArray x, int left, int right, int top, int bottom) {
    return script("pad_reflect", x, new long[] {left, right, top, bottom});
  }

  /** Average pooling of (N,C,H,W) without padding. */
  public static NDArray averagePool(NDArray x, int kernel, int stride) {
    if (Recording.isOn(x)) {
      return Recording.apply(
          "averagePool", v -> averagePool(nd(v[0]), kernel, stride), x, kernel, stride);
    }
    return JniUtils.avgPool(
        pt(x), new Shape(kernel, kernel), new Shape(stride, stride), new Shape(0, 0), false, true);
  }

  /** Maximum pooling of (N,C,H,W); the border counts as minus infinity. */
  public static NDArray maxPool(NDArray x, int kernel, int stride, int padding) {
    if (Recording.isOn(x)) {
      return Recording.apply(
          "maxPool", v -> maxPool(nd(v[0]), kernel, stride, padding), x, kernel, stride, padding);
    }
    return JniUtils.maxPool(
        pt(x),
        new Shape(kernel, kernel),
        new Shape(stride, stride),
        new Shape(padding, padding),
        false);
  }

  /** x W^T + b over the last axis; weight (O,I), bias (O) or null. */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    if (Recording.isOn(x)) {
      return Recording.apply("linear", v -> linear(nd(v[0]), weight, bias), x, weight, bias);
    }
    return JniUtils.linear(pt(x), pt(weight), pt(bias));
  }

  /** Batched matrix product over the last two axes, with broadcasting of the others. */
  public static NDArray matMul(NDArray a, NDArray b) {
    if (Recording.concerns(a, b)) {
      return Recording.apply("matMul", v -> matMul(nd(v[0]), nd(v[1])), a, b);
    }
    return JniUtils.matmul(pt(a), pt(b));
  }

  /** Batch norm with stored statistics: (x - mean) / sqrt(variance + eps) * weight + bias. */
  public static NDArray batchNorm(
      NDArray x, NDArray mean, NDArray variance, NDArray weight, NDArray bias, double eps) {
    if (Recording.isOn(x)) {
      return Recording.apply(
          "batchNorm",
          v -> batchNorm(nd(v[0]), mean, variance, weight, bias, eps),
          x,
          mean,
          variance,
          weight,
          bias,
          eps);
    }
    // JniUtils names these arguments in another order than its native call takes them in.
    return JniUtils.batchNorm(pt(x), pt(mean), pt(variance), pt(weight), pt(bias), false, 0, eps);
  }

  /** Group norm of (N,C,H,W); weight and bias (C), or null. */
  public static NDArray groupNorm(NDArray x, int groups, NDArray weight, NDArray bias, double eps) {
    return script("group_norm", x, groups, weight, bias, eps);
  }

  /** Layer norm over the last axis; weight and bias have its size, or are null. */
  public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
    return script("layer_norm", x, x.getShape().getLastDimension(), weight, bias, eps);
  }

  /** max(x, 0). */
  public static NDArray relu(NDArray x) {
    if (Recording.isOn(x)) {
      return Recording.apply("relu", v -> relu(nd(v[0])), x);
    }
    return JniUtils.relu(pt(x));
  }

  /** min(max(x, 0), 6). */
  public static NDArray relu6(NDArray x) {
    return script("relu6", x);
  }

  /** x sigmoid(x). */
  public static NDArray swish(NDArray x) {
    return script("silu", x);
  }

  /** Exact GELU: x times the normal distribution function (erf, no tanh approximation). */
  public static NDArray gelu(NDArray x) {
    if (Recording.isOn(x)) {
      return Recording.apply("gelu", v -> gelu(nd(v[0])), x);
    }
    return JniUtils.gelu(pt(x));
  }

  /** 1 / (1 + exp(-x)). */
  public static NDArray sigmoid(NDArray x) {
    if (Recording.isOn(x)) {
      return Recording.apply("sigmoid", v -> sigmoid(nd(v[0])), x);
    }
    return JniUtils.sigmoid(pt(x));
  }

  /** Softmax over one axis. */
  public static NDArray softmax(NDArray x, int axis) {
    if (Recording.isOn(x)) {
      return Recording.apply("softmax", v -> softmax(nd(v[0]), axis), x, axis);
    }
    return JniUtils.softmax(pt(x), axis, x.getDataType());
  }

  /**
   * Scaled dot-product attention: softmax(q k^T / sqrt(E) + mask) v, with dropout on the weights.
   *
   * @param q (N, heads, L, E)
   * @param k (N, heads, S, E)
   * @param v (N, heads, S, E)
   * @param mask (L,S) float, added to the logits (minus infinity hides), or null
   * @param dropout probability, 0 for none
   */
  public static NDArray attention(NDArray q, NDArray k, NDArray v, NDArray mask, double dropout) {
    return script("attention", q, k, v, mask, dropout);
  }

  /** Dropout with the engine's generator, always active. See {@link Pass#dropout}. */
  public static NDArray dropout(NDArray x, double probability) {
    return JniUtils.dropout(pt(x), probability, true);
  }

  /** The same with a probability rounded to a multiple of 1/65536: faster, and in less memory. */
  static NDArray quickDropout(NDArray x, double probability) {
    return script("dropout", x, probability);
  }

  /** Bilinear resize of (N,C,H,W) as PyTorch's interpolate does it, without antialiasing. */
  public static NDArray resizeBilinear(NDArray x, int height, int width, boolean alignCorners) {
    return script("bilinear", x, new long[] {height, width}, alignCorners);
  }

  /**
   * Gaussian blur of each channel of (N,C,H,W); the border is reflected without repeating the edge.
   *
   * @param kernel odd number of taps; normalized to sum 1
   * @param sigma deviation in pixels
   */
  public static NDArray gaussianBlur(NDArray x, int kernel, double sigma) {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "a blur needs an odd number of taps, such as 3; not " + kernel);
    }
    return script("blur", x, kernel, sigma);
  }

  /** Cosine similarity over one axis: sum(ab) / (max(|a|, eps) max(|b|, eps)). */
  public static NDArray cosineSimilarity(NDArray a, NDArray b, int axis, double eps) {
    return script("cosine_similarity", a, b, axis, eps);
  }

  /** Mean of squared differences, a scalar. */
  public static NDArray meanSquaredError(NDArray a, NDArray b) {
    return script("mse_loss", a, b);
  }

  /** Euclidean norm over one axis, which stays with size 1. The gradient at zero is zero. */
  public static NDArray norm(NDArray x, int axis) {
    return script("norm", x, axis);
  }

  /** Mean over axes. */
  public static NDArray mean(NDArray x, boolean keepAxes, int... axes) {
    return script("mean", x, longs(axes), keepAxes);
  }

  /** Mean of all elements, a scalar. */
  public static NDArray mean(NDArray x) {
    return JniUtils.mean(pt(x));
  }

  /** Sum over axes. */
  public static NDArray sum(NDArray x, boolean keepAxes, int... axes) {
    if (Recording.isOn(x)) {
      return Recording.apply("sum", v -> sum(nd(v[0]), keepAxes, axes), x, longs(axes), keepAxes);
    }
    return JniUtils.sum(pt(x), longs(axes), keepAxes);
  }

  /** Maximum over axes. Among equal elements one takes the gradient, as in PyTorch. */
  public static NDArray max(NDArray x, boolean keepAxes, int... axes) {
    return script("max", x, longs(axes), keepAxes);
  }

  /** Joins along an axis. */
  public static NDArray concat(int axis, NDArray... parts) {
    if (Recording.concerns((Object[]) parts)) {
      return Recording.apply("concat", v -> concat(axis, (NDArray[]) v[0]), parts, axis);
    }
    PtNDArray[] tensors = new PtNDArray[parts.length];
    Arrays.setAll(tensors, i -> pt(parts[i]));
    return JniUtils.cat(tensors, axis);
  }

  /** Splits an axis into equal parts. */
  public static NDList split(NDArray x, int axis, int parts) {
    if (Recording.isOn(x)) {
      long size = x.getShape().get(axis) / parts;
      NDList all = new NDList();
      for (long start = 0; start < x.getShape().get(axis); start += size) {
        all.add(slice(x, axis, start, start + size));
      }
      return all;
    }
    return SCRIPT.call("chunk", x, parts, axis);
  }

  /** The part of an axis from {@code start} to before {@code end}; a view, not a copy. */
  public static NDArray slice(NDArray x, int axis, long start, long end) {
    return script("slice", x, axis, start, end);
  }

  /**
   * One copy of a tensor per image, without the memory of copies.
   *
   * @param x (...)
   * @param images (N,...)
   * @return (N,...), the shape of x after the N
   */
  public static NDArray perImage(NDArray x, NDArray images) {
    if (Recording.isOn(images)) {
      return Recording.apply("perImage", v -> perImage(x, nd(v[1])), x, images);
    }
    return x.expandDims(0).broadcast(new Shape(images.getShape().get(0)).addAll(x.getShape()));
  }

  /** x c. */
  public static NDArray mul(NDArray x, double c) {
    return script("mul", x, c);
  }

  /** x + c. */
  public static NDArray add(NDArray x, double c) {
    return script("add", x, c);
  }

  /** c - x. */
  public static NDArray rsub(NDArray x, double c) {
    return script("rsub", x, c);
  }

  /** x to the power of c. */
  public static NDArray pow(NDArray x, double c) {
    return script("pow", x, c);
  }

  /** min(max(x, low), high). */
  public static NDArray clamp(NDArray x, double low, double high) {
    return script("clamp", x, low, high);
  }

  /** (N,C,H,W) to tokens (N, H W, C). */
  public static NDArray toTokens(NDArray image) {
    return script("to_tokens", image);
  }

  /**
   * Tokens (N, H W, C) to (N,C,H,W), laid out in that order: convolutions would keep the tokens'
   * order in memory, in which their weights' gradients take up to four times as long.
   */
  public static NDArray toImage(NDArray tokens, int height, int width) {
    return script("to_image", tokens, height, width);
  }

  /** Standard normal noise from the engine's generator, in the shape of a tensor. No gradient. */
  public static NDArray normalLike(NDArray x) {
    return script("randn_like", x);
  }

  /** Seeds the engine's generator, which is one per process. */
  public static void seed(long seed) {
    Engines.load();
    JniUtils.setSeed(seed);
  }

  /** Returns the tensor cut off from the graph that computed it. */
  public static NDArray detach(NDArray x) {
    return JniUtils.detachGradient(pt(x));
  }

  private static NDArray script(String method, Object... arguments) {
    if (Recording.concerns(arguments)) {
      return Recording.apply(method, values -> SCRIPT.apply(method, values), arguments);
    }
    return SCRIPT.apply(method, arguments);
  }

  private static NDArray nd(Object recorded) {
    return (NDArray) recorded;
  }

  private static PtNDArray pt(NDArray x) {
    return (PtNDArray) x;
  }

  private static long[] longs(int... values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
