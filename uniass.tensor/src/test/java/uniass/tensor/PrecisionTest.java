/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mixed precision: close to float32, not equal to it, and float32 outside. */
class PrecisionTest {

  /** Of the largest value: numbers of 8 bits, and sums of many. */
  private static final double CLOSE = 0.02;

  private final EngineReady engine = Engines.load();
  private final NDManager manager = engine.newManager(Device.cpu());

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray normal(long... shape) {
    return manager.randomNormal(new Shape(shape));
  }

  private static double assertClose(float[] exact, float[] rounded) {
    double most = 0;
    double largest = 0;
    for (int i = 0; i < exact.length; i++) {
      most = Math.max(most, Math.abs(exact[i] - rounded[i]));
      largest = Math.max(largest, Math.abs(exact[i]));
    }
    assertTrue(most > 0 && most < CLOSE * largest, most + " of " + largest);
    return most;
  }

  @Test
  void whatTakesTheTimeIsRoundedAndComesOutInFloat32() {
    NDArray x = normal(2, 8, 6, 6);
    NDArray kernel = normal(4, 8, 3, 3);
    NDArray bias = normal(4);
    NDArray tokens = normal(2, 5, 8);
    NDArray weight = normal(4, 8);
    NDArray q = normal(2, 2, 5, 8);
    NDArray mask = normal(5, 5);
    List<Supplier<NDArray>> operations =
        List.of(
            () -> Ops.conv2d(x, kernel, bias, 1, 1, 1),
            () -> Ops.conv2d(x, kernel, null, 2, 0, 1),
            () -> Ops.linear(tokens, weight, bias),
            () -> Ops.matMul(tokens, weight.transpose()),
            () -> Ops.attention(q, q, q, mask, 0));
    for (Supplier<NDArray> operation : operations) {
      NDArray exact = operation.get();
      NDArray rounded = Precision.BFLOAT16.in(operation);
      assertEquals(DataType.FLOAT32, rounded.getDataType());
      assertEquals(exact.getShape(), rounded.getShape());
      assertClose(exact.toFloatArray(), rounded.toFloatArray());
      assertArrayEquals(exact.toFloatArray(), operation.get().toFloatArray());
    }
  }

  @Test
  void gradientsAreFloat32AndCloseToo() {
    try (ParameterStore store = new ParameterStore(engine.newManager(Device.cpu()), 1)) {
      NDArray weight = store.root().parameter("weight", Init.normal(), 4, 8, 3, 3);
      NDArray x = normal(2, 8, 6, 6);
      Gradients gradients = new Gradients(store);
      Supplier<NDArray> loss = () -> Ops.mean(Ops.pow(Ops.conv2d(x, weight, null, 1, 1, 1), 2));
      gradients.accumulate(loss);
      float[] exact = gradients.of("weight");
      gradients.zero();
      gradients.accumulate(() -> Precision.BFLOAT16.in(loss));
      assertClose(exact, gradients.of("weight"));
    }
  }

  @Test
  void itEndsWithItsWorkAndLeavesDoublesAlone() {
    NDArray a = manager.create(new double[] {1 + 1e-9}, new Shape(1, 1));
    NDArray product = Precision.BFLOAT16.in(() -> Ops.matMul(a, a));
    assertEquals((1 + 1e-9) * (1 + 1e-9), product.getDouble(0, 0));
    Supplier<NDArray> failing =
        () -> {
          throw new IllegalStateException();
        };
    assertThrows(IllegalStateException.class, () -> Precision.BFLOAT16.in(failing));
    NDArray third = manager.create(new float[] {1 / 3f}, new Shape(1, 1));
    NDArray one = manager.ones(new Shape(1, 1));
    assertEquals(1 / 3f, Ops.matMul(third, one).getFloat(0, 0));
  }
}
