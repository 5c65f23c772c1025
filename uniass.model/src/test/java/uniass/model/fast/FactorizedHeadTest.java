/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uniass.api.network.LayerShape;
import uniass.model.head.ReconstructionHead;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.TensorValues;

/** One linear map against enlarging and three convolutions: values and all gradients. */
class FactorizedHeadTest {

  /** Grid height and width, factor, hidden width, channels, kernels. */
  static Stream<Arguments> heads() {
    return Stream.of(
        Arguments.of(14, 14, 8, 32, 24, List.of(3, 3, 3)),
        Arguments.of(7, 5, 4, 32, 9, List.of(3, 3, 3)),
        Arguments.of(3, 11, 2, 64, 7, List.of(3, 3, 3)),
        Arguments.of(5, 4, 1, 32, 5, List.of(3, 3, 3)),
        Arguments.of(2, 2, 16, 32, 3, List.of(3, 3, 3)),
        Arguments.of(1, 6, 3, 32, 4, List.of(3, 3, 3)),
        Arguments.of(6, 5, 4, 32, 6, List.of(5, 3, 1)),
        Arguments.of(6, 5, 3, 32, 6, List.of(1, 5, 3)),
        Arguments.of(4, 4, 4, 32, 6, List.of(1, 1, 1)),
        Arguments.of(4, 3, 5, 32, 6, List.of(3, 7, 5)));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void bothWaysAgree(
      int gridHeight, int gridWidth, int factor, int hidden, int channels, List<Integer> kernels) {
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 5)) {
      LayerShape shape = new LayerShape(hidden, channels, gridHeight, gridWidth);
      ReconstructionHead head = new ReconstructionHead(store.root(), shape, factor, kernels);
      FactorizedHead fast = new FactorizedHead(head, store.root());
      NDArray grid =
          store
              .root()
              .parameter("grid", uniass.tensor.Init.normal(), 2, hidden, gridHeight, gridWidth);
      NDArray wanted =
          manager.randomNormal(
              new Shape(2, channels, (long) gridHeight * factor, (long) gridWidth * factor));
      Run direct = run(store, grid, wanted, head);
      Run factorized = run(store, grid, wanted, fast::factorized);
      assertClose("result", direct.result, factorized.result, 3e-6);
      for (Parameter parameter : store.parameters()) {
        String name = parameter.name();
        assertClose(
            "gradient of " + name,
            direct.gradients.get(name),
            factorized.gradients.get(name),
            2e-5);
      }
    }
  }

  /** The paper's heads: what was measured to be faster is taken. */
  @ParameterizedTest
  @CsvSource({
    "14, 8, 24, 1, false, true",
    "14, 8, 24, 1, true, true",
    "14, 8, 24, 8, true, true",
    "14, 4, 32, 1, false, true",
    "14, 4, 32, 8, true, true",
    "14, 2, 56, 1, false, false",
    "14, 2, 56, 8, true, false",
    "14, 1, 160, 8, false, false",
    "4, 8, 24, 1, true, false",
    "4, 8, 24, 8, true, true"
  })
  void theFasterWayIsTaken(
      int cells, int factor, int channels, long images, boolean training, boolean factorized) {
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 5)) {
      LayerShape shape = new LayerShape(256, channels, cells, cells);
      ReconstructionHead head =
          new ReconstructionHead(store.root(), shape, factor, ReconstructionHead.KERNELS);
      FactorizedHead fast = new FactorizedHead(head, store.root());
      assertEquals(factorized, fast.pays(images, training));
    }
  }

  @Test
  void composedWeightsFollowTheParameters() {
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 5)) {
      ReconstructionHead head =
          new ReconstructionHead(store.root(), new LayerShape(32, 5, 3, 3), 4, List.of(3, 3, 3));
      FactorizedHead fast = new FactorizedHead(head, store.root());
      NDArray grid = manager.randomNormal(new Shape(1, 32, 3, 3));
      float[] before = fast.factorized(grid, Pass.inference()).toFloatArray();
      TensorValues.copy(manager.zeros(new Shape(5)), store.get("3.bias").value());
      store.trainableChanged();
      float[] after = fast.factorized(grid, Pass.inference()).toFloatArray();
      assertTrue(before[0] != after[0], "the new bias counts");
      assertClose("result", head.forward(grid, Pass.inference()).toFloatArray(), after, 3e-6);
    }
  }

  private static Run run(ParameterStore store, NDArray grid, NDArray wanted, Layer way) {
    Gradients gradients = new Gradients(store);
    float[] result = way.forward(grid, Pass.inference()).toFloatArray();
    gradients.accumulate(() -> Ops.meanSquaredError(way.forward(grid, Pass.training(1)), wanted));
    Map<String, float[]> all = new HashMap<>();
    store.parameters().forEach(p -> all.put(p.name(), gradients.of(p.name())));
    gradients.zero();
    return new Run(result, all);
  }

  private static void assertClose(String what, float[] expected, float[] actual, double relative) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    assertTrue(
        worst <= relative * largest, what + ": off by " + worst + ", largest value " + largest);
  }

  private record Run(float[] result, Map<String, float[]> gradients) {}
}
