/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uniass.tensor.Pass.Execution.DIRECT;
import static uniass.tensor.Tensors.assertValues;
import static uniass.tensor.Tensors.doubles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each operation against the formula written out in Java, and its gradient against differences. */
class OpsTest {

  private final Tensors tensors = new Tensors();

  @AfterEach
  void close() {
    tensors.close();
  }

  @Test
  void convolution() {
    int padding = 2;
    int stride = 2;
    NDArray x = tensors.normal(2, 4, 5, 6);
    NDArray weight = tensors.normal(6, 2, 3, 3);
    NDArray bias = tensors.normal(6);
    double[] in = doubles(x);
    double[] w = doubles(weight);
    double[] b = doubles(bias);
    double[] expected = new double[2 * 6 * 4 * 4];
    int at = 0;
    for (int n = 0; n < 2; n++) {
      for (int o = 0; o < 6; o++) {
        for (int y = 0; y < 4; y++) {
          for (int c = 0; c < 4; c++) {
            double sum = b[o];
            for (int i = 0; i < 2; i++) {
              for (int ky = 0; ky < 3; ky++) {
                for (int kx = 0; kx < 3; kx++) {
                  int sy = y * stride + ky - padding;
                  int sx = c * stride + kx - padding;
                  if (sy >= 0 && sy < 5 && sx >= 0 && sx < 6) {
                    int channel = o / 3 * 2 + i;
                    sum +=
                        in[((n * 4 + channel) * 5 + sy) * 6 + sx]
                            * w[((o * 2 + i) * 3 + ky) * 3 + kx];
                  }
                }
              }
            }
            expected[at++] = sum;
          }
        }
      }
    }
    assertValues(expected, Ops.conv2d(x, weight, bias, stride, padding, 2), 2, 6, 4, 4);
    tensors.assertGradients(v -> Ops.conv2d(v[0], v[1], v[2], 2, 2, 2), x, weight, bias);
    tensors.assertGradients(
        v -> Ops.conv2d(v[0], v[1], null, 1, 0, 1),
        tensors.normal(1, 2, 4, 4),
        tensors.normal(3, 2, 3, 3));
  }

  @Test
  void sameConvolutionKeepsTheSize() {
    NDArray x = tensors.normal(1, 2, 5, 4);
    NDArray weight = tensors.normal(3, 2, 3, 3);
    assertArrayEquals(
        doubles(Ops.conv2d(Ops.padZero(x, 1, 1, 1, 1), weight, null, 1, 0, 1)),
        doubles(Ops.convSame(x, weight, null)),
        1e-12);
    assertEquals(5, Ops.convSame(x, weight, null).getShape().get(2));
  }

  @Test
  void zeroPaddingIsLeftRightTopBottom() {
    NDArray x = tensors.of(new double[] {1, 2, 3, 4}, 1, 1, 2, 2);
    assertValues(
        new double[] {0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        Ops.padZero(x, 1, 1, 1, 2),
        1,
        1,
        5,
        4);
    tensors.assertGradients(v -> Ops.padZero(v[0], 0, 1, 2, 3), x);
  }

  @Test
  void reflectingPaddingDoesNotRepeatTheEdge() {
    NDArray x = tensors.of(new double[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
    assertValues(
        new double[] {3, 2, 1, 2, 3, 6, 5, 4, 5, 6, 3, 2, 1, 2, 3},
        Ops.padReflect(x, 2, 0, 0, 1),
        1,
        1,
        3,
        5);
    tensors.assertGradients(v -> Ops.padReflect(v[0], 2, 1, 1, 1), x);
  }

  @Test
  void pooling() {
    NDArray x = tensors.of(new double[] {1, 2, 5, 3, 4, 0, 9, 8, 7}, 1, 1, 3, 3);
    assertValues(new double[] {2.5, 2.75, 6, 4.75}, Ops.averagePool(x, 2, 1), 1, 1, 2, 2);
    assertValues(new double[] {4, 5, 9, 8}, Ops.maxPool(x, 3, 2, 1), 1, 1, 2, 2);
    tensors.assertGradients(v -> Ops.averagePool(v[0], 2, 1), x);
    tensors.assertGradients(v -> Ops.maxPool(v[0], 2, 1, 0), x);
  }

  @Test
  void linear() {
    NDArray x = tensors.normal(2, 3, 4);
    NDArray weight = tensors.normal(5, 4);
    NDArray bias = tensors.normal(5);
    double[] in = doubles(x);
    double[] w = doubles(weight);
    double[] b = doubles(bias);
    double[] expected = new double[2 * 3 * 5];
    Arrays.setAll(expected, at -> sum(4, i -> in[at / 5 * 4 + i] * w[at % 5 * 4 + i]) + b[at % 5]);
    assertValues(expected, Ops.linear(x, weight, bias), 2, 3, 5);
    tensors.assertGradients(v -> Ops.linear(v[0], v[1], v[2]), x, weight, bias);
    tensors.assertGradients(v -> Ops.linear(v[0], v[1], null), x, weight);
  }

  @Test
  void matrixProductBroadcasts() {
    NDArray a = tensors.normal(2, 2, 3);
    NDArray b = tensors.normal(3, 4);
    double[] left = doubles(a);
    double[] right = doubles(b);
    double[] expected = new double[16];
    Arrays.setAll(expected, at -> sum(3, i -> left[at / 4 * 3 + i] * right[i * 4 + at % 4]));
    assertValues(expected, Ops.matMul(a, b), 2, 2, 4);
    tensors.assertGradients(v -> Ops.matMul(v[0], v[1]), a, b);
  }

  @Test
  void batchNorm() {
    NDArray x = tensors.normal(2, 3, 2, 2);
    NDArray mean = tensors.normal(3);
    NDArray variance = tensors.of(new double[] {0.5, 1, 2}, 3);
    NDArray weight = tensors.normal(3);
    NDArray bias = tensors.normal(3);
    double[] in = doubles(x);
    double[] expected = new double[in.length];
    Arrays.setAll(
        expected,
        i -> {
          int c = i / 4 % 3;
          return (in[i] - doubles(mean)[c])
                  / Math.sqrt(doubles(variance)[c] + 1e-3)
                  * doubles(weight)[c]
              + doubles(bias)[c];
        });
    assertValues(expected, Ops.batchNorm(x, mean, variance, weight, bias, 1e-3), 2, 3, 2, 2);
    tensors.assertGradients(
        v -> Ops.batchNorm(v[0], mean, variance, v[1], v[2], 1e-3), x, weight, bias);
  }

  @Test
  void groupNorm() {
    NDArray x = tensors.normal(2, 4, 3, 1);
    NDArray weight = tensors.normal(4);
    NDArray bias = tensors.normal(4);
    double[] in = doubles(x);
    double[] expected = new double[in.length];
    Arrays.setAll(
        expected,
        i ->
            normalized(in, i / 6 * 6, 6, i, 1e-5) * doubles(weight)[i / 3 % 4]
                + doubles(bias)[i / 3 % 4]);
    assertValues(expected, Ops.groupNorm(x, 2, weight, bias, 1e-5), 2, 4, 3, 1);
    tensors.assertGradients(v -> Ops.groupNorm(v[0], 2, v[1], v[2], 1e-5), x, weight, bias);
    tensors.assertGradients(v -> Ops.groupNorm(v[0], 2, null, null, 1e-5), x);
  }

  @Test
  void layerNorm() {
    NDArray x = tensors.normal(2, 3, 4);
    NDArray weight = tensors.normal(4);
    NDArray bias = tensors.normal(4);
    double[] in = doubles(x);
    double[] expected = new double[in.length];
    Arrays.setAll(
        expected,
        i -> normalized(in, i / 4 * 4, 4, i, 1e-5) * doubles(weight)[i % 4] + doubles(bias)[i % 4]);
    assertValues(expected, Ops.layerNorm(x, weight, bias, 1e-5), 2, 3, 4);
    tensors.assertGradients(v -> Ops.layerNorm(v[0], v[1], v[2], 1e-5), x, weight, bias);
    tensors.assertGradients(v -> Ops.layerNorm(v[0], null, null, 1e-5), x);
  }

  @Test
  void elementwise() {
    each(Ops::relu, v -> Math.max(v, 0));
    each(Ops::relu6, v -> Math.min(Math.max(v, 0), 6));
    each(Ops::swish, v -> v / (1 + Math.exp(-v)));
    each(Ops::sigmoid, v -> 1 / (1 + Math.exp(-v)));
    each(Ops::gelu, v -> v * normalDistribution(v));
    each(x -> Ops.mul(x, 2.5), v -> 2.5 * v);
    each(x -> Ops.add(x, -1.5), v -> v - 1.5);
    each(x -> Ops.rsub(x, 2), v -> 2 - v);
    each(x -> Ops.pow(x, 3), v -> v * v * v);
    each(x -> Ops.clamp(x, -1, 2.5), v -> Math.min(Math.max(v, -1), 2.5));
  }

  private void each(UnaryOperator<NDArray> operation, DoubleUnaryOperator formula) {
    double[] values = {-7.5, -2.25, -0.5, 0.125, 0.75, 1.5, 3.25, 6.75};
    NDArray x = tensors.of(values, 2, 4);
    assertValues(Arrays.stream(values).map(formula).toArray(), operation.apply(x), 2, 4);
    tensors.assertGradients(v -> operation.apply(v[0]), x);
  }

  @Test
  void softmax() {
    NDArray x = tensors.normal(2, 3, 2);
    double[] in = doubles(x);
    double[] expected = new double[12];
    Arrays.setAll(
        expected, i -> Math.exp(in[i]) / sum(3, k -> Math.exp(in[i / 6 * 6 + k * 2 + i % 2])));
    assertValues(expected, Ops.softmax(x, 1), 2, 3, 2);
    tensors.assertGradients(v -> Ops.softmax(v[0], -1), x);
  }

  @Test
  void attention() {
    NDArray q = tensors.normal(2, 2, 3, 4);
    NDArray k = tensors.normal(2, 2, 5, 4);
    NDArray v = tensors.normal(2, 2, 5, 4);
    double hidden = Double.NEGATIVE_INFINITY;
    NDArray mask =
        tensors.of(new double[] {0, hidden, 0, 0, 0, 0.5, 0, hidden, 0, 0, 0, 0, 0, 0, -1}, 3, 5);
    NDArray logits = Ops.mul(Ops.matMul(q, k.swapAxes(2, 3)), 0.5);
    assertArrayEquals(
        doubles(Ops.matMul(Ops.softmax(logits, 3), v)),
        doubles(Ops.attention(q, k, v, null, 0)),
        1e-12);
    assertArrayEquals(
        doubles(Ops.matMul(Ops.softmax(logits.add(mask), 3), v)),
        doubles(Ops.attention(q, k, v, mask, 0)),
        1e-12);
    tensors.assertGradients(x -> Ops.attention(x[0], x[1], x[2], null, 0), q, k, v);
    tensors.assertGradients(x -> Ops.attention(x[0], x[1], x[2], mask, 0), q, k, v);
  }

  @Test
  void dropoutKeepsTheMean() {
    Ops.seed(1);
    NDArray x = tensors.manager().ones(new Shape(100_000));
    double[] once = doubles(Ops.dropout(x, 0.25));
    assertTrue(Arrays.stream(once).allMatch(v -> v == 0 || Math.abs(v - 1 / 0.75) < 1e-6));
    assertEquals(1, Arrays.stream(once).average().orElseThrow(), 0.01);
    double[] again = doubles(Ops.dropout(x, 0.25));
    assertFalse(Arrays.equals(once, again));
    Ops.seed(1);
    assertArrayEquals(once, doubles(Ops.dropout(x, 0.25)));
  }

  @Test
  void dropoutOfOptimizedPasses() {
    int size = 1_000_001;
    double kept = 1 - Math.round(0.1 * 65536) / 65536.;
    NDArray ones = Ops.add(Ops.mul(tensors.normal(size), 0), 1);
    double[] once = doubles(Pass.training(1).dropout(ones, 0.1));
    assertTrue(Arrays.stream(once).allMatch(v -> v == 0 || Math.abs(v - 1 / kept) < 1e-15));
    double deviation = Math.sqrt(kept * (1 - kept) * size);
    assertEquals(kept * size, Arrays.stream(once).filter(v -> v > 0).count(), 5 * deviation);
    // Neighbors share a draw of the generator, and must not know of each other.
    for (int distance = 1; distance <= 4; distance++) {
      int both = 0;
      for (int i = distance; i < size; i++) {
        both += once[i] > 0 && once[i - distance] > 0 ? 1 : 0;
      }
      assertEquals(kept * kept * size, both, 5 * deviation, "kept at distance " + distance);
    }
    assertArrayEquals(once, doubles(Pass.training(1).dropout(ones, 0.1)));
    assertFalse(Arrays.equals(once, doubles(Pass.training(2).dropout(ones, 0.1))));
    assertFalse(Arrays.equals(once, doubles(Pass.training(1).with(DIRECT).dropout(ones, 0.1))));
  }

  @Test
  void dropoutOfOptimizedPassesPassesGradientsWhereItKeeps() {
    NDArray x = tensors.normal(7, 5, 3);
    double[] result = doubles(Pass.training(1).dropout(x, 0.4));
    double[] values = doubles(x);
    double[] gradient = tensors.gradients(v -> Pass.training(1).dropout(v[0], 0.4).sum(), x)[0];
    double scale = 1 / (1 - Math.round(0.4 * 65536) / 65536.);
    for (int i = 0; i < values.length; i++) {
      assertEquals(result[i] == 0 ? 0 : scale, gradient[i], 1e-15);
      assertEquals(gradient[i] * values[i], result[i], 1e-15);
    }
    assertTrue(Arrays.stream(result).anyMatch(v -> v == 0));
  }

  @Test
  void noDropoutIsTheIdentity() {
    NDArray x = tensors.normal(5, 3);
    assertSame(x, Pass.training(1).dropout(x, 0));
    assertSame(x, Pass.inference().dropout(x, 0.5));
  }

  @Test
  void attentionDropoutFollowsTheSeed() {
    NDArray x = tensors.normal(1, 2, 8, 4);
    Ops.seed(3);
    double[] once = doubles(Ops.attention(x, x, x, null, 0.5));
    assertFalse(Arrays.equals(doubles(Ops.attention(x, x, x, null, 0)), once));
    Ops.seed(3);
    assertArrayEquals(once, doubles(Ops.attention(x, x, x, null, 0.5)));
  }

  @Test
  void bilinearResizing() {
    NDArray x = tensors.normal(1, 2, 3, 4);
    assertValues(resized(x, 3, 4, 5, 7, true), Ops.resizeBilinear(x, 5, 7, true), 1, 2, 5, 7);
    assertValues(resized(x, 3, 4, 5, 7, false), Ops.resizeBilinear(x, 5, 7, false), 1, 2, 5, 7);
    assertValues(resized(x, 3, 4, 2, 2, false), Ops.resizeBilinear(x, 2, 2, false), 1, 2, 2, 2);
    tensors.assertGradients(v -> Ops.resizeBilinear(v[0], 5, 7, true), x);
    tensors.assertGradients(v -> Ops.resizeBilinear(v[0], 5, 7, false), x);
  }

  /** Two channels, resized as PyTorch documents it. */
  private static double[] resized(NDArray x, int h, int w, int height, int width, boolean corners) {
    double[] in = doubles(x);
    double[] out = new double[2 * height * width];
    for (int i = 0; i < out.length; i++) {
      double y = source(i / width % height, h, height, corners);
      double c = source(i % width, w, width, corners);
      int y0 = (int) y;
      int x0 = (int) c;
      int y1 = Math.min(y0 + 1, h - 1);
      int x1 = Math.min(x0 + 1, w - 1);
      int channel = i / (height * width) * h * w;
      out[i] =
          (1 - (y - y0))
                  * ((1 - (c - x0)) * in[channel + y0 * w + x0]
                      + (c - x0) * in[channel + y0 * w + x1])
              + (y - y0)
                  * ((1 - (c - x0)) * in[channel + y1 * w + x0]
                      + (c - x0) * in[channel + y1 * w + x1]);
    }
    return out;
  }

  private static double source(int at, int from, int to, boolean corners) {
    return corners ? at * (from - 1.0) / (to - 1) : Math.max((at + 0.5) * from / to - 0.5, 0);
  }

  @Test
  void gaussianBlur() {
    NDArray x = tensors.normal(2, 2, 4, 5);
    double sigma = 1.5;
    double[] in = doubles(x);
    double[] taps = new double[5];
    Arrays.setAll(taps, i -> Math.exp(-(i - 2) * (i - 2) / (2 * sigma * sigma)));
    double total = Arrays.stream(taps).sum();
    double[] expected = new double[in.length];
    Arrays.setAll(
        expected,
        i ->
            sum(
                25,
                t -> {
                  int y = reflected(i / 5 % 4 + t / 5 - 2, 4);
                  int c = reflected(i % 5 + t % 5 - 2, 5);
                  return in[i / 20 * 20 + y * 5 + c] * taps[t / 5] * taps[t % 5] / total / total;
                }));
    assertValues(expected, Ops.gaussianBlur(x, 5, sigma), 2, 2, 4, 5);
    tensors.assertGradients(v -> Ops.gaussianBlur(v[0], 3, 1), x);
    assertThrows(IllegalArgumentException.class, () -> Ops.gaussianBlur(x, 4, 1));
  }

  private static int reflected(int at, int size) {
    return at < 0 ? -at : at >= size ? 2 * size - 2 - at : at;
  }

  @Test
  void cosineSimilarity() {
    NDArray a = tensors.normal(2, 3, 2);
    NDArray b = tensors.normal(2, 3, 2);
    double[] left = doubles(a);
    double[] right = doubles(b);
    double[] expected = new double[4];
    Arrays.setAll(
        expected,
        i -> {
          int first = i / 2 * 6 + i % 2;
          return sum(3, k -> left[first + 2 * k] * right[first + 2 * k])
              / Math.sqrt(sum(3, k -> Math.pow(left[first + 2 * k], 2)))
              / Math.sqrt(sum(3, k -> Math.pow(right[first + 2 * k], 2)));
        });
    assertValues(expected, Ops.cosineSimilarity(a, b, 1, 1e-8), 2, 2);
    tensors.assertGradients(v -> Ops.cosineSimilarity(v[0], v[1], 1, 1e-8), a, b);
  }

  @Test
  void cosineSimilarityBoundsEachNormBelow() {
    NDArray a = tensors.of(new double[] {0.001, 0}, 1, 2);
    NDArray b = tensors.of(new double[] {2, 0}, 1, 2);
    assertValues(new double[] {0.1}, Ops.cosineSimilarity(a, b, 1, 0.01), 1);
  }

  @Test
  void reductions() {
    NDArray x = tensors.of(new double[] {1, 5, 3, -4, 2, 8, 7, 0}, 2, 2, 2);
    assertValues(new double[] {1.25, 4.25}, Ops.mean(x, false, 1, 2), 2);
    assertValues(new double[] {1.25, 4.25}, Ops.mean(x, true, 1, 2), 2, 1, 1);
    assertValues(new double[] {2.75}, Ops.mean(x));
    assertValues(new double[] {13, 9}, Ops.sum(x, false, 0, 1), 2);
    assertValues(new double[] {5, 8}, Ops.max(x, false, 1, 2), 2);
    assertValues(new double[] {3, 5, 7, 8}, Ops.max(x, true, 1), 2, 1, 2);
    assertValues(
        new double[] {Math.sqrt(10), Math.sqrt(41), Math.sqrt(53), 8}, Ops.norm(x, 1), 2, 1, 2);
    assertValues(
        new double[] {2.5},
        Ops.meanSquaredError(
            tensors.of(new double[] {1, 2}, 2), tensors.of(new double[] {2, 4}, 2)));
    tensors.assertGradients(v -> Ops.mean(v[0], false, 0, 2), x);
    tensors.assertGradients(v -> Ops.mean(v[0]), x);
    tensors.assertGradients(v -> Ops.sum(v[0], true, 0, 2), x);
    tensors.assertGradients(v -> Ops.max(v[0], false, 1, 2), x);
    tensors.assertGradients(v -> Ops.norm(v[0], 2), x);
    tensors.assertGradients(v -> Ops.meanSquaredError(v[0], v[1]), x, tensors.normal(2, 2, 2));
  }

  @Test
  void theGradientOfAMaximumGoesToOneOfEqualElements() {
    NDArray x = tensors.of(new double[] {3, 3, 1}, 3);
    double[] gradient = tensors.gradients(v -> Ops.max(v[0], false, 0), x)[0];
    assertEquals(1, Arrays.stream(gradient).filter(g -> g == 1).count());
    assertEquals(1, Arrays.stream(gradient).sum());
  }

  @Test
  void joiningAndSplitting() {
    NDArray x = tensors.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
    assertValues(new double[] {1, 2, 5, 6}, Ops.split(x, 1, 2).get(0), 2, 2);
    assertValues(new double[] {3, 4, 7, 8}, Ops.slice(x, 1, 2, 4), 2, 2);
    assertValues(doubles(x), Ops.concat(1, Ops.split(x, 1, 2).toArray(new NDArray[0])), 2, 4);
    tensors.assertGradients(v -> Ops.concat(0, v[0], Ops.slice(v[0], 0, 1, 2)), x);
    tensors.assertGradients(v -> Ops.split(v[0], 1, 4).get(2), x);
  }

  @Test
  void tokensAndImages() {
    NDArray image = tensors.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 1, 2, 2, 3);
    NDArray tokens = Ops.toTokens(image);
    assertValues(new double[] {1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12}, tokens, 1, 6, 2);
    assertValues(doubles(image), Ops.toImage(tokens, 2, 3), 1, 2, 2, 3);
    tensors.assertGradients(v -> Ops.toImage(Ops.toTokens(v[0]), 3, 2), image);
  }

  @Test
  void noiseFollowsTheSeed() {
    NDArray like = tensors.manager().zeros(new Shape(100_000));
    Ops.seed(5);
    double[] noise = doubles(Ops.normalLike(like));
    assertEquals(0, Arrays.stream(noise).average().orElseThrow(), 0.02);
    assertEquals(1, Arrays.stream(noise).map(v -> v * v).average().orElseThrow(), 0.02);
    Ops.seed(5);
    assertArrayEquals(noise, doubles(Ops.normalLike(like)));
  }

  @Test
  void detachingCutsTheGraph() {
    NDArray x = tensors.of(new double[] {1, 2}, 2);
    double[] gradient = tensors.gradients(v -> Ops.detach(Ops.mul(v[0], 3)).mul(v[0]).sum(), x)[0];
    assertArrayEquals(new double[] {3, 6}, gradient);
  }

  @Test
  void copyingKeepsTheTensor() {
    NDArray into = tensors.of(new double[] {1, 2}, 2);
    TensorValues.copy(tensors.manager().create(new float[] {3, 4}), into);
    assertArrayEquals(new double[] {3, 4}, doubles(into));
  }

  private static double sum(int count, IntToDoubleFunction term) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += term.applyAsDouble(i);
    }
    return sum;
  }

  /** One element of a run of elements, less their mean, over their deviation. */
  private static double normalized(double[] values, int first, int count, int at, double eps) {
    double mean = sum(count, i -> values[first + i]) / count;
    double variance = sum(count, i -> Math.pow(values[first + i] - mean, 2)) / count;
    return (values[at] - mean) / Math.sqrt(variance + eps);
  }

  /** The normal distribution function, by its series. */
  private static double normalDistribution(double x) {
    double term = x;
    double sum = x;
    for (int i = 3; i < 400; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
