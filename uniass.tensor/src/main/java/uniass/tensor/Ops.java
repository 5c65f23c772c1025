package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Every tensor operation that network parts use. Results belong to the manager of the first
 * argument, or to the innermost open {@link ai.djl.ndarray.NDScope}. All operations have correct
 * gradients unless said otherwise.
 *
 * <p>DJL's own {@code mul}, {@code div}, {@code pow} and {@code maximum} with a Java number give
 * wrong gradients on the CPU (their scalar is freed before the backward pass reads it): use {@link
 * #scale}, {@link #plus} and the others here. The build forbids those calls.
 */
public final class Ops {

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
    throw new UnsupportedOperationException();
  }

  /** 2-D convolution with stride 1, one group and the padding that keeps the size (odd kernels). */
  public static NDArray convSame(NDArray x, NDArray weight, NDArray bias) {
    return conv2d(x, weight, bias, 1, (int) (weight.getShape().get(2) / 2), 1);
  }

  /** Pads the last two axes with zeros. */
  public static NDArray padZero(NDArray x, int left, int right, int top, int bottom) {
    throw new UnsupportedOperationException();
  }

  /** x W^T + b over the last axis; weight (O,I), bias (O) or null. */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    throw new UnsupportedOperationException();
  }

  /** Batched matrix product over the last two axes, with broadcasting of the others. */
  public static NDArray matMul(NDArray a, NDArray b) {
    throw new UnsupportedOperationException();
  }

  /** Batch norm with stored statistics: (x - mean) / sqrt(variance + eps) * weight + bias. */
  public static NDArray batchNorm(
      NDArray x, NDArray mean, NDArray variance, NDArray weight, NDArray bias, double eps) {
    throw new UnsupportedOperationException();
  }

  /** Group norm of (N,C,H,W); weight and bias (C). */
  public static NDArray groupNorm(
      NDArray x, int groups, NDArray weight, NDArray bias, double eps) {
    throw new UnsupportedOperationException();
  }

  /** Layer norm over the last axis; weight and bias have its size. */
  public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
    throw new UnsupportedOperationException();
  }

  /** max(x, 0). */
  public static NDArray relu(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** min(max(x, 0), 6). */
  public static NDArray relu6(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** x sigmoid(x). */
  public static NDArray swish(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** Exact GELU: x times the normal distribution function (erf, no tanh approximation). */
  public static NDArray gelu(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** 1 / (1 + exp(-x)). */
  public static NDArray sigmoid(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** Softmax over one axis. */
  public static NDArray softmax(NDArray x, int axis) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /** Dropout with the engine's generator, always active. See {@link Pass#dropout}. */
  public static NDArray dropout(NDArray x, double probability) {
    throw new UnsupportedOperationException();
  }

  /** Bilinear resize of (N,C,H,W) as PyTorch's interpolate does it, without antialiasing. */
  public static NDArray resizeBilinear(NDArray x, int height, int width, boolean alignCorners) {
    throw new UnsupportedOperationException();
  }

  /**
   * Gaussian blur of each channel of (N,C,H,W); the border is reflected without repeating the edge.
   *
   * @param kernel odd number of taps; normalised to sum 1
   * @param sigma deviation in pixels
   */
  public static NDArray gaussianBlur(NDArray x, int kernel, double sigma) {
    throw new UnsupportedOperationException();
  }

  /** Cosine similarity over one axis: sum(ab) / (max(|a|, eps) max(|b|, eps)), as PyTorch has it. */
  public static NDArray cosineSimilarity(NDArray a, NDArray b, int axis, double eps) {
    throw new UnsupportedOperationException();
  }

  /** Mean of squared differences, a scalar. */
  public static NDArray meanSquaredError(NDArray a, NDArray b) {
    throw new UnsupportedOperationException();
  }

  /** Euclidean norm over one axis, which stays with size 1. */
  public static NDArray norm(NDArray x, int axis) {
    throw new UnsupportedOperationException();
  }

  /** Mean over axes. */
  public static NDArray mean(NDArray x, boolean keepAxes, int... axes) {
    throw new UnsupportedOperationException();
  }

  /** Mean of all elements, a scalar. */
  public static NDArray mean(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** Maximum over axes. */
  public static NDArray max(NDArray x, boolean keepAxes, int... axes) {
    throw new UnsupportedOperationException();
  }

  /** Joins along an axis. */
  public static NDArray concat(int axis, NDArray... parts) {
    throw new UnsupportedOperationException();
  }

  /** x times a constant. */
  public static NDArray scale(NDArray x, double factor) {
    throw new UnsupportedOperationException();
  }

  /** x plus a constant. */
  public static NDArray plus(NDArray x, double summand) {
    throw new UnsupportedOperationException();
  }

  /** constant minus x. */
  public static NDArray minusFrom(double minuend, NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** (N,C,H,W) to tokens (N, H W, C). */
  public static NDArray toTokens(NDArray picture) {
    throw new UnsupportedOperationException();
  }

  /** Tokens (N, H W, C) to (N,C,H,W). */
  public static NDArray toPicture(NDArray tokens, int height, int width) {
    throw new UnsupportedOperationException();
  }

  /** Standard normal noise from the engine's generator, in the shape of a tensor. No gradient. */
  public static NDArray normalLike(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** Seeds the engine's generator, which is one per process. */
  public static void seed(long seed) {
    throw new UnsupportedOperationException();
  }

  /** Returns the tensor cut off from the graph that computed it. */
  public static NDArray detach(NDArray x) {
    throw new UnsupportedOperationException();
  }

  /** Calls a method of a {@link Script}; for parts that need an operation which is not here. */
  public static NDList call(Script script, String method, NDArray... arguments) {
    return script.call(method, arguments);
  }
}
