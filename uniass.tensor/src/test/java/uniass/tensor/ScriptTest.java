/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uniass.tensor.Tensors.assertValues;
import static uniass.tensor.Tensors.doubles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptTest {

  private static final Script SCRIPT =
      Script.compile(
          "test",
          """
          def times(self, x: Tensor, factor: float) -> Tensor:
            return torch.mul(x, factor)
          def twice(self, x: Tensor) -> Tensor:
            return self.times(x, 2.)
          def plus(self, x: Tensor, bias: Optional[Tensor]) -> Tensor:
            if bias is None:
              return x
            return torch.add(x, bias)
          def halves(self, parts: List[Tensor], axis: int) -> List[Tensor]:
            return torch.chunk(torch.cat(parts, axis), 2, axis)
          def shaped(self, x: Tensor, shape: List[int], scales: List[float], flag: bool) -> Tensor:
            y = torch.mul(torch.reshape(x, shape), scales[0])
            if flag:
              y = torch.neg(y)
            return y
          """);

  private final Tensors tensors = new Tensors();

  @AfterEach
  void close() {
    tensors.close();
  }

  @Test
  void takesTensorsNumbersListsAndNull() {
    NDArray x = tensors.of(new double[] {1, 2}, 2);
    assertValues(new double[] {2.5, 5}, SCRIPT.apply("times", x, 2.5), 2);
    assertValues(new double[] {2, 4}, SCRIPT.apply("twice", x), 2);
    assertValues(new double[] {1, 2}, SCRIPT.apply("plus", x, null), 2);
    assertValues(new double[] {2, 4}, SCRIPT.apply("plus", x, x), 2);
    assertValues(
        new double[] {-3, -6},
        SCRIPT.apply("shaped", x, new long[] {2, 1}, new double[] {3}, true),
        2,
        1);
    NDList halves = SCRIPT.call("halves", new NDList(x, x, x, x), 0);
    assertEquals(2, halves.size());
    assertValues(new double[] {1, 2, 1, 2}, halves.get(1), 4);
  }

  @Test
  void isRecordedForGradients() {
    NDArray x = tensors.normal(2, 3);
    tensors.assertGradients(v -> SCRIPT.apply("times", v[0], 2.5), x);
    tensors.assertGradients(
        v -> SCRIPT.call("halves", new NDList(v[0], v[1]), 1).get(0), x, tensors.normal(2, 3));
    NDArray fixed = tensors.normal(2, 3);
    assertArrayEquals(
        doubles(fixed),
        tensors.gradients(v -> SCRIPT.apply("plus", v[0].mul(fixed), null).sum(), x)[0],
        1e-12);
  }

  @Test
  void resultsBelongToTheFirstTensorsManager() {
    NDArray x = tensors.normal(2);
    assertEquals(tensors.manager(), SCRIPT.apply("times", x, 2.5).getManager());
    assertEquals(tensors.manager(), SCRIPT.call("halves", new NDList(x, x), 0).get(0).getManager());
  }

  @Test
  void anErrorInTheTextIsShownWithItsPlace() {
    String unknown =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Script.compile(
                        "mine", "def f(self, x: Tensor) -> Tensor:\n  return torch.nosuch(x)"))
            .getMessage();
    assertTrue(unknown.startsWith("script 'mine' does not compile: "), unknown);
    assertTrue(unknown.contains("Unknown builtin op: aten::nosuch"), unknown);
    assertTrue(unknown.contains("return torch.nosuch(x)"), unknown);
    assertThrows(
        IllegalArgumentException.class,
        () -> Script.compile("mine", "def f(self, x: Tensor) -> Tensor:\n  return (x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Script.compile("mine", "def f(self, x: Tensor) -> List[Tensor]:\n  return x"));
  }

  @Test
  void aWrongCallIsRefused() {
    NDArray x = tensors.normal(2);
    String wrongName =
        assertThrows(IllegalArgumentException.class, () -> SCRIPT.apply("thrice", x)).getMessage();
    assertEquals(
        "script 'test' has no method 'thrice'; there are: [halves, plus, shaped, times, twice]",
        wrongName);
    String wrongType =
        assertThrows(IllegalArgumentException.class, () -> SCRIPT.apply("times", x, "two"))
            .getMessage();
    assertTrue(wrongType.contains("'float' for argument 'factor'"), wrongType);
    assertThrows(IllegalArgumentException.class, () -> SCRIPT.apply("times", x));
    assertThrows(IllegalArgumentException.class, () -> SCRIPT.apply("plus", x, tensors.normal(3)));
    assertThrows(IllegalArgumentException.class, () -> SCRIPT.apply("times", x, new Object()));
  }

  @Test
  void servesSeveralThreads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        double factor = t + 1;
        results.add(
            pool.submit(
                () -> {
                  try (Tensors own = new Tensors()) {
                    NDArray x = own.normal(10);
                    double[] in = doubles(x);
                    boolean equal = true;
                    for (int i = 0; i < 500; i++) {
                      double[] out = doubles(SCRIPT.apply("times", x, factor));
                      equal &= out[i % 10] == in[i % 10] * factor;
                    }
                    return equal;
                  }
                }));
      }
      for (Future<Boolean> result : results) {
        assertTrue(result.get());
      }
    } finally {
      pool.shutdown();
    }
  }
}
