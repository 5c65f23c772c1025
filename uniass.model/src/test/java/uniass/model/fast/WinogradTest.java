/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.model.layer.Convolution;
import uniass.model.layer.Fork;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Scopes;

/** Minimal filtering against the definition of a convolution: values and gradients. */
class WinogradTest {

  @ParameterizedTest
  @CsvSource({
    "1, 28, 28, 64, 64",
    "2, 31, 30, 40, 72",
    "1, 7, 113, 64, 96",
    "8, 14, 14, 96, 32",
    "1, 37, 116, 64, 32"
  })
  void agreesWithTheDefinition(int batch, int height, int width, int inputs, int outputs) {
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 3, new FastLayers())) {
      Convolution convolution = Convolution.uniform(store.root(), inputs, outputs, 3);
      NDArray x = store.root().parameter("input", Init.normal(), batch, inputs, height, width);
      NDArray wanted = manager.randomNormal(new Shape(batch, outputs, height, width));
      Pass direct = Pass.training(1).with(Execution.DIRECT);
      Pass fast = Pass.training(1).with(Execution.OPTIMIZED);
      assertClose(convolution.forward(x, direct), convolution.forward(x, fast), 3e-6);
      Pass prediction = Pass.inference().with(Execution.OPTIMIZED);
      assertClose(convolution.forward(x, direct), convolution.forward(x, prediction), 3e-6);
      FilteredConvolution filtered = new FilteredConvolution(convolution.kernel(), store.root());
      NDArray own = x.transpose(0, 2, 3, 1).duplicate().transpose(0, 3, 1, 2);
      assertClose(
          convolution.forward(x, direct),
          Scopes.withoutGradients(() -> filtered.forward(own, true, prediction)),
          3e-6);
      Gradients gradients = new Gradients(store);
      for (Parameter parameter : store.parameters()) {
        gradients.zero();
        double expected = loss(gradients, convolution, x, wanted, direct);
        float[] slow = gradients.of(parameter.name());
        gradients.zero();
        assertEquals(expected, loss(gradients, convolution, x, wanted, fast), 1e-5 * expected);
        assertClose(parameter.name(), slow, gradients.of(parameter.name()), 1e-5);
      }
    }
  }

  @Test
  void severalKernelsShareOneInput() {
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 3, new FastLayers())) {
      List<Convolution> convolutions =
          Stream.of("a", "b", "c")
              .map(name -> Convolution.uniform(store.root().child(name), 48, 40, 3))
              .toList();
      Fork fork = store.root().faster(Fork.class, new Fork.Convolutions(convolutions));
      NDArray x = store.root().parameter("input", Init.normal(), 3, 48, 20, 17);
      NDArray wanted = manager.randomNormal(new Shape(3, 40, 20, 17));
      Gradients gradients = new Gradients(store);
      List<String> names = store.parameters().stream().map(Parameter::name).toList();
      double[] losses = new double[2];
      float[][][] found = new float[2][names.size()][];
      for (Execution execution : List.of(Execution.DIRECT, Execution.OPTIMIZED)) {
        int e = execution.ordinal();
        Pass pass = Pass.training(1).with(execution);
        gradients.zero();
        losses[e] =
            gradients.accumulate(
                () -> {
                  NDList y = fork.forward(x, pass);
                  NDArray sum = y.get(0).add(y.get(1).mul(2)).add(y.get(2).mul(3));
                  return Ops.meanSquaredError(sum, wanted);
                });
        for (int i = 0; i < found[e].length; i++) {
          found[e][i] = gradients.of(names.get(i));
        }
      }
      assertEquals(losses[0], losses[1], 1e-5 * losses[0]);
      for (int i = 0; i < found[0].length; i++) {
        assertClose(names.get(i), found[0][i], found[1][i], 1e-5);
      }
    }
  }

  private static double loss(
      Gradients gradients, Convolution convolution, NDArray x, NDArray wanted, Pass pass) {
    return gradients.accumulate(() -> Ops.meanSquaredError(convolution.forward(x, pass), wanted));
  }

  private static void assertClose(NDArray expected, NDArray actual, double relative) {
    assertEquals(expected.getShape(), actual.getShape());
    assertClose("result", expected.toFloatArray(), actual.toFloatArray(), relative);
  }

  private static void assertClose(String what, float[] expected, float[] actual, double relative) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    assertTrue(worst <= relative * largest, what + ": off by " + worst + " of " + largest);
  }
}
