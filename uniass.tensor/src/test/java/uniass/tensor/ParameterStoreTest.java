/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterStoreTest {

  private static ParameterStore store(long seed) {
    return new ParameterStore(Engines.load().newManager(Device.cpu()), seed);
  }

  @Test
  void namesAreJoinedByDotsInOrderOfCreation() {
    try (ParameterStore store = store(1)) {
      ParameterScope layer = store.root().child("layers").child("0");
      layer.parameter("weight", Init.ones(), 2, 3);
      layer.buffer("running_mean", Init.zeros(), 3);
      store.root().frozen().child("backbone").parameter("bias", Init.zeros(), 1);
      assertEquals(
          List.of("layers.0.weight", "layers.0.running_mean", "backbone.bias"),
          store.parameters().stream().map(Parameter::name).toList());
      assertEquals(
          List.of(true, false, false),
          store.parameters().stream().map(Parameter::trainable).toList());
      assertTrue(store.get("layers.0.weight").value().hasGradient());
      assertThrows(IllegalStateException.class, () -> layer.parameter("weight", Init.ones(), 2));
    }
  }

  @Test
  void firstValuesDependOnSeedAndNameAlone() {
    try (ParameterStore a = store(1);
        ParameterStore b = store(1);
        ParameterStore c = store(2)) {
      float[] values = a.root().parameter("w", Init.normal(), 50).toFloatArray();
      b.root().parameter("something.before", Init.normal(), 7);
      assertArrayEquals(values, b.root().parameter("w", Init.normal(), 50).toFloatArray());
      assertFalse(Arrays.equals(values, c.root().parameter("w", Init.normal(), 50).toFloatArray()));
      assertFalse(Arrays.equals(values, a.root().parameter("v", Init.normal(), 50).toFloatArray()));
      // These very values, on every machine.
      assertArrayEquals(FIRST_OF_SEED_1, Arrays.copyOf(values, 3));
    }
  }

  private static final float[] FIRST_OF_SEED_1 = {0.72040045f, 2.9166522f, 0.40757343f};

  @Test
  void parametersOutliveTheScopeTheyAreMadeIn() {
    try (ParameterStore store = store(1)) {
      NDArray weight;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        weight = store.root().parameter("w", Init.ones(), 2);
      }
      assertArrayEquals(new float[] {1, 1}, weight.toFloatArray());
    }
  }

  @Test
  void bounds() {
    assertBound(Math.sqrt(3.0 / 18), Init.fanInXavier(), 4, 2, 3, 3);
    assertBound(1 / Math.sqrt(18), Init.fanInUniform(), 4, 2, 3, 3);
    assertBound(Math.sqrt(6.0 / (4 * 9 + 2 * 9)), Init.xavierUniform(), 4, 2, 3, 3);
    assertBound(0.25, Init.uniform(0.25), 1000);
  }

  private static void assertBound(double bound, Init init, long... shape) {
    try (ParameterStore store = store(3)) {
      float[] values = new float[0];
      for (int i = 0; i < 20; i++) {
        float[] more = store.root().parameter("w" + i, init, shape).toFloatArray();
        int length = values.length;
        values = Arrays.copyOf(values, length + more.length);
        System.arraycopy(more, 0, values, length, more.length);
      }
      double largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest <= bound && largest > 0.98 * bound, largest + " against " + bound);
    }
  }

  @Test
  void versionsTellWhatChanged() {
    try (ParameterStore store = store(1)) {
      ParameterScope trained = store.root();
      ParameterScope frozen = store.root().frozen();
      long before = frozen.version();
      store.trainableChanged();
      assertEquals(1, trained.version());
      assertEquals(before, frozen.version());
      store.allChanged();
      assertEquals(2, trained.version());
      assertEquals(before + 1, frozen.version());
    }
  }
}
