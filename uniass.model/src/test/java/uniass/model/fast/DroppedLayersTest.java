/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.FeedForward;
import uniass.model.layer.MultiHeadAttention;
import uniass.model.layer.NeighborMask;
import uniass.model.layer.Norm;
import uniass.model.layer.ResidualAttention;
import uniass.model.layer.ResidualFeedForward;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Script;
import uniass.tensor.TensorValues;

/**
 * The optimized execution's dropout: its layers against their formulas, operation by operation,
 * with the masks that the same seed draws in the same order.
 */
class DroppedLayersTest {

  private static final Script MASKS =
      Script.compile(
          "uniass.test.masks",
          """
          def mask(self, x: Tensor, p: float) -> Tensor:
            return torch.mul(torch.to((self).keep_mask(x, p), 6), (self).keep_scale(p))
          """);

  private static final int BATCH = 3;
  private static final int TOKENS = 12;
  private static final int WIDTH = 16;
  private static final int HEADS = 4;
  private static final int INNER = 33;
  private static final double P = 0.3;

  private final NDManager manager = Engines.load().newManager(Device.cpu());
  private final ParameterStore store = new ParameterStore(manager.newSubManager(), 3);
  private final NDArray x = tokens("x", TOKENS);

  @AfterEach
  void close() {
    store.close();
    manager.close();
  }

  private NDArray tokens(String name, int count) {
    return store.root().parameter(name, Init.normal(), BATCH, count, WIDTH);
  }

  private static BlockSettings settings(boolean preNorm) {
    return new BlockSettings(preNorm, HEADS, INNER, P, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void feedForward(boolean preNorm) {
    FeedForward maps = new FeedForward(store.root(), WIDTH, INNER, P);
    Norm norm = new Norm(store.root().child("norm"), WIDTH);
    assertSame(
        () -> {
          NDArray hidden = Ops.relu(maps.first().forward(preNorm ? norm.layer(x) : x));
          NDArray y = maps.second().forward(hidden.mul(mask(hidden)));
          NDArray sum = x.add(y.mul(mask(y)));
          return preNorm ? sum : norm.layer(sum);
        },
        pass ->
            new FusedFeedForward(new ResidualFeedForward(maps, norm, settings(preNorm)))
                .forward(x, pass));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void maskedSelfAttention(boolean preNorm) {
    NDArray code = store.root().parameter("code", Init.normal(), TOKENS, WIDTH);
    NDArray hidden = NeighborMask.create(manager, 3, 4, 3);
    MultiHeadAttention attention = attention(WIDTH);
    Norm norm = new Norm(store.root().child("norm"), WIDTH);
    assertSame(
        () -> {
          NDArray stream = preNorm ? norm.layer(x) : x;
          NDArray query = stream.add(code);
          NDArray sum = x.add(attended(attention, query, query, stream, hidden));
          return preNorm ? sum : norm.layer(sum);
        },
        pass -> fused(attention, norm, preNorm, hidden).self(x, code, pass));
  }

  @Test
  void selfAttentionOfTransposedTokens() {
    MultiHeadAttention attention = attention(TOKENS);
    Norm norm = new Norm(store.root().child("norm"), TOKENS);
    assertSame(
        () -> {
          NDArray stream = x.transpose(0, 2, 1);
          return norm.layer(stream.add(attended(attention, stream, stream, stream, null)));
        },
        pass -> fused(attention, norm, false, null).self(x.transpose(0, 2, 1), null, pass));
  }

  @Test
  void crossAttention() {
    NDArray key = tokens("key", 7);
    NDArray value = tokens("value", 7);
    MultiHeadAttention attention = attention(WIDTH);
    Norm norm = new Norm(store.root().child("norm"), WIDTH);
    assertSame(
        () -> norm.layer(x.add(attended(attention, x, key, value, null))),
        pass -> fused(attention, norm, false, null).cross(x, key, value, null, pass));
  }

  private static FusedAttention fused(
      MultiHeadAttention attention, Norm norm, boolean preNorm, NDArray hidden) {
    return new FusedAttention(new ResidualAttention(attention, norm, settings(preNorm), hidden));
  }

  private MultiHeadAttention attention(int width) {
    return new MultiHeadAttention(store.root().child("attention"), width, HEADS, P);
  }

  /** Attention with dropout on weights and result. */
  private static NDArray attended(
      MultiHeadAttention attention, NDArray query, NDArray key, NDArray value, NDArray hidden) {
    NDList weights = attention.inWeight().split(3);
    NDList biases = attention.inBias().split(3);
    NDArray q = heads(Ops.linear(query, weights.get(0), biases.get(0)));
    NDArray k = heads(Ops.linear(key, weights.get(1), biases.get(1)));
    NDArray v = heads(Ops.linear(value, weights.get(2), biases.get(2)));
    double scale = 1 / Math.sqrt(q.getShape().get(3));
    NDArray logits = Ops.mul(Ops.matMul(q, k.swapAxes(2, 3)), scale);
    NDArray shares = Ops.softmax(hidden == null ? logits : logits.add(hidden), 3);
    NDArray joined = Ops.matMul(shares.mul(mask(shares)), v).transpose(0, 2, 1, 3);
    NDArray y = attention.out().forward(joined.reshape(query.getShape()));
    return y.mul(mask(y));
  }

  private static NDArray heads(NDArray tokens) {
    Shape shape = tokens.getShape();
    return tokens.reshape(BATCH, shape.get(1), HEADS, shape.get(2) / HEADS).transpose(0, 2, 1, 3);
  }

  private static NDArray mask(NDArray like) {
    return MASKS.apply("mask", like, P);
  }

  private interface Computation {
    NDArray with(Pass pass);
  }

  /** Compares result and all gradients, and shows that the seed decides. */
  private void assertSame(Supplier<NDArray> formula, Computation layer) {
    for (Parameter parameter : store.parameters()) {
      if (parameter.name().endsWith("bias")) {
        TensorValues.copy(manager.randomNormal(parameter.value().getShape()), parameter.value());
      }
    }
    Ops.seed(5);
    NDArray expected = formula.get();
    assertClose("result", expected.toFloatArray(), values(layer, 5), 2e-6);
    assertArrayEquals(values(layer, 5), values(layer, 5));
    assertFalse(Arrays.equals(values(layer, 5), values(layer, 6)));
    NDArray wanted = manager.randomNormal(new Shape(expected.getShape().getShape()));
    Gradients gradients = new Gradients(store);
    for (Parameter parameter : store.parameters()) {
      gradients.zero();
      double loss =
          gradients.accumulate(
              () -> {
                Ops.seed(5);
                return Ops.meanSquaredError(formula.get(), wanted);
              });
      float[] slow = gradients.of(parameter.name());
      gradients.zero();
      double quick =
          gradients.accumulate(() -> Ops.meanSquaredError(layer.with(Pass.training(5)), wanted));
      assertEquals(loss, quick, 1e-5 * loss);
      assertClose(parameter.name(), slow, gradients.of(parameter.name()), 1e-5);
    }
  }

  private static float[] values(Computation layer, long seed) {
    return layer.with(Pass.training(seed)).toFloatArray();
  }

  private static void assertClose(String what, float[] expected, float[] actual, double relative) {
    assertEquals(expected.length, actual.length, what);
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    assertTrue(largest > 0, what);
    assertTrue(worst <= relative * largest, what + ": off by " + worst + " of " + largest);
  }
}
