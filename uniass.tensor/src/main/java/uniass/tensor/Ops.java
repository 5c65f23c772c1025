/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

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
    return Kernels.conv2d(x, weight, bias, stride, padding, groups);
  }

  /** 2-D convolution with stride 1, one group and the padding that keeps the size (odd kernels). */
  public static NDArray convSame(NDArray x, NDArray weight, NDArray bias) {
    return conv2d(x, weight, bias, 1, (int) (weight.getShape().get(2) / 2), 1);
  }

  /** Pads the last two axes with zeros. */
  public static NDArray padZero(NDArray x, int left, int right, int top, int bottom) {
    return Kernels.padZero(x, left, right, top, bottom);
  }

  /** Pads the last two axes of (N,C,H,W) by reflection that does not repeat the edge. */
  public static NDArray padReflect(NDArray x, int left, int right, int top, int bottom) {
    return script("pad_reflect", x, new long[] {left, right, top, bottom});
  }

  /** Average pooling of (N,C,H,W) without padding. */
  public static NDArray averagePool(NDArray x, int kernel, int stride) {
    return Kernels.averagePool(x, kernel, stride);
  }

  /** Maximum pooling of (N,C,H,W); the border counts as minus infinity. */
  public static NDArray maxPool(NDArray x, int kernel, int stride, int padding) {
    return Kernels.maxPool(x, kernel, stride, padding);
  }

  /** x W^T + b over the last axis; weight (O,I), bias (O) or null. */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return Kernels.linear(x, weight, bias);
  }

  /** Batched matrix product over the last two axes, with broadcasting of the others. */
  public static NDArray matMul(NDArray a, NDArray b) {
    return Kernels.matMul(a, b);
  }

  /** Batch norm with stored statistics: (x - mean) / sqrt(variance + eps) * weight + bias. */
  public static NDArray batchNorm(
      NDArray x, NDArray mean, NDArray variance, NDArray weight, NDArray bias, double eps) {
    return Kernels.batchNorm(x, mean, variance, weight, bias, eps);
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
    return Kernels.relu(x);
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
    return Kernels.gelu(x);
  }

  /** 1 / (1 + exp(-x)). */
  public static NDArray sigmoid(NDArray x) {
    return Kernels.sigmoid(x);
  }

  /** Softmax over one axis. */
  public static NDArray softmax(NDArray x, int axis) {
    return Kernels.softmax(x, axis);
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
    return Kernels.recorded(
        "attention",
        x ->
            Precision.isReduced(q)
                ? Precision.reduced("attention", x)
                : SCRIPT.apply("attention", x),
        new Object[] {q, k, v, mask, dropout});
  }

  /** Dropout with the engine's generator, always active. See {@link Pass#dropout}. */
  public static NDArray dropout(NDArray x, double probability) {
    return JniUtils.dropout(Kernels.pt(x), probability, true);
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
    return script("mean", x, Kernels.longs(axes), keepAxes);
  }

  /** Mean of all elements, a scalar. */
  public static NDArray mean(NDArray x) {
    return JniUtils.mean(Kernels.pt(x));
  }

  /** Sum over axes. */
  public static NDArray sum(NDArray x, boolean keepAxes, int... axes) {
    return Kernels.sum(x, keepAxes, axes);
  }

  /** Maximum over axes. Among equal elements one takes the gradient, as in PyTorch. */
  public static NDArray max(NDArray x, boolean keepAxes, int... axes) {
    return script("max", x, Kernels.longs(axes), keepAxes);
  }

  /** Joins along an axis. */
  public static NDArray concat(int axis, NDArray... parts) {
    return Kernels.concat(axis, parts);
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
    Shape copies = new Shape(images.getShape().get(0)).addAll(x.getShape());
    return Kernels.recorded(
        "perImage", v -> Kernels.pt(v[0]).expandDims(0).broadcast(copies), x, images);
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
    return JniUtils.detachGradient(Kernels.pt(x));
  }

  private static NDArray script(String method, Object... arguments) {
    return Kernels.recorded(method, values -> SCRIPT.apply(method, values), arguments);
  }
}
