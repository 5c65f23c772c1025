/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uniass.tensor.Pass.Execution;

/** How passes are executed when nobody says it. */
class PassTest {

  @AfterEach
  void forget() {
    System.clearProperty(Pass.EXECUTION);
  }

  @Test
  void isOptimizedUnlessAskedOtherwise() {
    assertEquals(Execution.OPTIMIZED, Pass.inference().execution());
    assertEquals(Execution.OPTIMIZED, Pass.training(1).execution());
    System.setProperty(Pass.EXECUTION, "direct");
    assertEquals(Execution.DIRECT, Pass.inference().execution());
    assertEquals(Execution.DIRECT, Pass.training(1).execution());
    assertEquals(Execution.OPTIMIZED, Pass.inference().with(Execution.OPTIMIZED).execution());
  }
}
