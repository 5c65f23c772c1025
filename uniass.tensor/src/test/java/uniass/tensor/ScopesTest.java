/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopesTest {

  private final NDManager manager = Engines.load().newManager(Device.cpu());
  private final NDArray x = TensorValues.create(manager, new float[] {1, 2}, 2);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void onlyTheResultsStay() {
    List<NDArray> made = new ArrayList<>();
    NDArray y =
        Scopes.keepOne(
            () -> {
              made.add(Ops.mul(x, 2));
              return Ops.add(made.get(0), 1);
            });
    assertArrayEquals(new float[] {3, 5}, y.toFloatArray());
    assertThrows(IllegalStateException.class, made.get(0)::toFloatArray);
    assertEquals(2, manager.getManagedArrays().size());
  }

  @Test
  void anInputThatIsReturnedIsNotClosedByTheEnclosingScope() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      assertSame(x, Scopes.keepOne(() -> x, x));
    }
    assertArrayEquals(new float[] {1, 2}, x.toFloatArray());
  }

  @Test
  void withoutGradientsNothingIsRecorded() {
    NDArray weight = TensorValues.create(manager, new float[] {3, 4}, 2);
    weight.setRequiresGradient(true);
    NDArray result =
        Scopes.withGradients(
            true, () -> Scopes.withoutGradients(() -> Scopes.keepOne(() -> weight.mul(x))));
    assertFalse(result.hasGradient());
    assertArrayEquals(new float[] {3, 8}, result.toFloatArray());
  }

  @Test
  void aPassFreesInsideBlocksOnlyOutsideTraining() {
    List<NDArray> made = new ArrayList<>();
    for (Pass pass : List.of(Pass.inference(), Pass.training(1))) {
      pass.scoped(
          () -> {
            made.add(Ops.mul(x, 2));
            return Ops.add(made.get(made.size() - 1), 1);
          });
    }
    assertThrows(IllegalStateException.class, made.get(0)::toFloatArray);
    assertArrayEquals(new float[] {2, 4}, made.get(1).toFloatArray());
  }
}
