/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class GradientsTest {

  private final ParameterStore store =
      new ParameterStore(Engines.load().newManager(Device.cpu()), 1);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void accumulateUntilSetToZero() {
    NDArray w = store.root().parameter("w", Init.constant(2), 3);
    Gradients gradients = new Gradients(store);
    assertNull(gradients.of("w"));
    assertEquals(12, gradients.accumulate(() -> w.square().sum()));
    assertArrayEquals(new float[] {4, 4, 4}, gradients.of("w"));
    assertEquals(12, gradients.accumulate(0.5, () -> w.square().sum()));
    assertArrayEquals(new float[] {6, 6, 6}, gradients.of("w"));
    gradients.zero();
    assertArrayEquals(new float[] {0, 0, 0}, gradients.of("w"));
    gradients.accumulate(() -> w.sum());
    assertArrayEquals(new float[] {1, 1, 1}, gradients.of("w"));
  }

  @Test
  void frozenPartsGetNone() {
    NDArray w = store.root().parameter("w", Init.ones(), 2);
    NDArray frozen = store.root().frozen().parameter("frozen", Init.constant(3), 2);
    Gradients gradients = new Gradients(store);
    gradients.accumulate(() -> w.mul(frozen).sum());
    assertArrayEquals(new float[] {3, 3}, gradients.of("w"));
    assertNull(gradients.of("frozen"));
  }

  @Test
  void clippingIsByTheNormOfAllTogether() {
    NDArray a = store.root().parameter("a", Init.ones(), 1);
    NDArray b = store.root().parameter("b", Init.ones(), 1);
    Gradients gradients = new Gradients(store);
    gradients.accumulate(() -> Ops.mul(a, 3).add(Ops.mul(b, 4)).sum());
    assertEquals(5, gradients.norm(), 1e-6);
    assertEquals(5, gradients.clip(10), 1e-6);
    assertArrayEquals(new float[] {3}, gradients.of("a"));
    assertEquals(5, gradients.clip(0.5), 1e-6);
    float factor = (float) (0.5 / (5 + 1e-6));
    assertArrayEquals(new float[] {3 * factor}, gradients.of("a"), 1e-7f);
    assertArrayEquals(new float[] {4 * factor}, gradients.of("b"), 1e-7f);
  }

  @Test
  void aGradientThatIsNotFiniteIsNamedAndNothingIsScaled() {
    NDArray good = store.root().parameter("good", Init.ones(), 1);
    NDArray bad = store.root().parameter("layers.3.bad", Init.zeros(), 2);
    Gradients gradients = new Gradients(store);
    gradients.accumulate(() -> good.sum());
    assertEquals(Optional.empty(), gradients.firstNonFinite());
    gradients.accumulate(() -> bad.sqrt().sum());
    assertTrue(Double.isInfinite(gradients.clip(0.1)));
    assertEquals(Optional.of("layers.3.bad"), gradients.firstNonFinite());
    assertArrayEquals(new float[] {1}, gradients.of("good"));
  }

  @Test
  void agreeWhateverTheGarbageCollectorDoes() {
    NDArray w = store.root().parameter("w", Init.normal(), 64, 64);
    NDArray v = store.root().parameter("v", Init.normal(), 64);
    Gradients gradients = new Gradients(store);
    float[] expectedW = null;
    float[] expectedV = null;
    for (int i = 0; i < 30; i++) {
      boolean collect = i > 0;
      gradients.zero();
      gradients.accumulate(() -> lossOfManyConstants(w, v, collect));
      if (i == 0) {
        expectedW = gradients.of("w");
        expectedV = gradients.of("v");
      } else {
        assertArrayEquals(expectedW, gradients.of("w"), "try " + i);
        assertArrayEquals(expectedV, gradients.of("v"), "try " + i);
      }
    }
  }

  /** Every operation that takes a constant, and a tensor over Java memory. */
  private NDArray lossOfManyConstants(NDArray w, NDArray v, boolean collect) {
    NDManager manager = store.manager();
    float[] values = new float[64];
    Arrays.fill(values, 0.5f);
    NDArray x = Ops.linear(manager.create(values).reshape(1, 64), w, v);
    x = Ops.mul(Ops.add(Ops.pow(Ops.sigmoid(x), 1.5), 0.1), 3);
    x = Ops.rsub(Ops.clamp(x, -5, 5), 1).mul(manager.create(values));
    x = Ops.layerNorm(Ops.swish(x).mul(TensorValues.create(manager, values, 64)), v, null, 1e-5);
    NDArray loss =
        Ops.meanSquaredError(Ops.gaussianBlur(x.reshape(1, 1, 8, 8), 3, 1), x.reshape(1, 1, 8, 8));
    if (collect) {
      System.gc();
      overwriteFreedMemory();
    }
    return loss;
  }

  private static void overwriteFreedMemory() {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << (i % 12));
      while (buffer.hasRemaining()) {
        buffer.put((byte) 0x7f);
      }
      buffers.add(buffer);
    }
    assertEquals(200, buffers.size());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aThousandStepsLeaveNothingBehind() throws IOException {
    NDArray w = store.root().parameter("w", Init.normal(), 256, 256);
    Gradients gradients = new Gradients(store);
    try (AdamW optimizer = new AdamW(store, AdamW.Settings.decay(1e-4));
        MovingAverage average = new MovingAverage(store, 0.99)) {
      long before = 0;
      int owned = 0;
      for (int i = 0; i < 1200; i++) {
        if (i == 200) {
          before = residentBytes();
          owned = store.manager().getManagedArrays().size();
        }
        gradients.accumulate(
            () -> {
              NDArray x = store.manager().randomNormal(new Shape(64, 256));
              NDArray y = Ops.dropout(Ops.gelu(Ops.linear(x, w, null)), 0.1);
              return Ops.meanSquaredError(Ops.add(Ops.mul(y, 2), 1), x);
            });
        gradients.clip(0.1);
        optimizer.step(gradients, 1e-4);
        gradients.zero();
        average.update();
        Scopes.withoutGradients(() -> Scopes.keep(() -> Ops.split(w, 0, 2))).close();
      }
      assertEquals(owned, store.manager().getManagedArrays().size());
      long grown = residentBytes() - before;
      assertTrue(grown < 40L << 20, "grew by " + (grown >> 20) + " MiB");
    }
  }

  private static long residentBytes() throws IOException {
    System.gc();
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
  }

  @Test
  void concurrentRunsTakeTurns() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      Callable<float[]> run =
          () -> {
            try (ParameterStore own =
                new ParameterStore(Engines.load().newManager(Device.cpu()), 9)) {
              NDArray w = own.root().parameter("w", Init.normal(), 32, 32);
              Gradients gradients = new Gradients(own);
              for (int i = 0; i < 20; i++) {
                long seed = i;
                gradients.accumulate(
                    () -> {
                      assertEquals(1, inside.incrementAndGet());
                      NDArray y = Pass.training(seed).dropout(w.square(), 0.5);
                      inside.decrementAndGet();
                      return y.sum();
                    });
              }
              return gradients.of("w");
            }
          };
      List<float[]> results = new ArrayList<>();
      for (var future : pool.invokeAll(List.of(run, run, run))) {
        results.add(future.get());
      }
      assertArrayEquals(results.get(0), results.get(1));
      assertArrayEquals(results.get(0), results.get(2));
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void anErrorInTheLossLeavesTheNextStepUnharmed() {
    NDArray w = store.root().parameter("w", Init.ones(), 2);
    Gradients gradients = new Gradients(store);
    try {
      gradients.accumulate(
          () -> {
            throw new IllegalStateException("plug-in");
          });
    } catch (IllegalStateException e) {
      assertEquals("plug-in", e.getMessage());
    }
    gradients.accumulate(() -> w.sum());
    assertArrayEquals(new float[] {1, 1}, gradients.of("w"));
  }
}
