/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeChangeTest {

  /** Places of {@code torch.nn.functional.interpolate(..., mode="nearest")} of PyTorch 2.7.1. */
  @ParameterizedTest
  @CsvSource({
    "64, 0 2 5 8 11 13 16 19 22 25 27 30 33 36 38 41 44 47 50 52 55 58 61",
    "50, 0 1 3 5 6 8 10 12 13 15 17 18 20 22 24 25 27 29 31 32 34 36 37 39 41 43 44 46 48",
    "3, 0 0 0 1 1 2 2"
  })
  void nearestTakesTheCornerAsPyTorchDoes(int size, String places) {
    String[] expected = places.split(" ");
    byte[] ramp = new byte[size];
    byte[] wanted = new byte[expected.length];
    for (int i = 0; i < size; i++) {
      ramp[i] = (byte) i;
    }
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = Byte.parseByte(expected[i]);
    }
    assertArrayEquals(wanted, SizeChange.nearest(ramp, size, 1, wanted.length, 1));
    assertArrayEquals(wanted, SizeChange.nearest(ramp, 1, size, 1, wanted.length));
  }
}
