/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;

/** What is stored of a tensor: sizes, sums and a few elements. */
public record Summary(
    long[] shape, double mean, double std, double abs_sum, int[] index, double[] value) {

  /**
   * Compares.
   *
   * @param tolerance largest difference of an element
   */
  public void assertEqual(String name, NDArray actual, double tolerance) {
    assertArrayEquals(shape, actual.getShape().getShape(), name + ": shape");
    float[] values = actual.toFloatArray();
    for (int i = 0; i < index.length; i++) {
      assertEquals(value[i], values[index[i]], tolerance, name + "[" + index[i] + "]");
    }
    double sum = 0;
    double sizes = 0;
    for (float v : values) {
      sum += v;
      sizes += Math.abs(v);
    }
    assertEquals(mean, sum / values.length, tolerance, name + ": mean");
    assertEquals(abs_sum, sizes, tolerance * values.length, name + ": sum of sizes");
  }
}
