/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LevelsTest {

  @Test
  void aBackbonesLevelsAreReversed() {
    List<Integer> channels = List.of(24, 32, 56, 160);
    assertEquals(List.of(160, 56, 32, 24), Levels.coarseToFine(channels));
    assertEquals(List.of(24, 32, 56, 160), channels, "the backbone's list stays");
  }

  @Test
  void stridesFallFromTheCoarsest() {
    List<Integer> strides = IntStream.range(0, 4).map(Levels::stride).boxed().toList();
    assertEquals(Levels.coarseToFine(List.of(2, 4, 8, 16)), strides);
  }
}
