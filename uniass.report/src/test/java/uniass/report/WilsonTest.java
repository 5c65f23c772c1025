/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WilsonTest {

  /** Values of statsmodels' proportion_confint(method="wilson"). */
  @Test
  void intervals() {
    assertEquals(0, Wilson.of(0, 10).low(), 1e-12);
    assertEquals(0.277533, Wilson.of(0, 10).high(), 1e-6);
    assertEquals(0.236593, Wilson.of(5, 10).low(), 1e-6);
    assertEquals(0.763407, Wilson.of(5, 10).high(), 1e-6);
    assertEquals("50 % (24 to 76)", Wilson.text(5, 10));
    assertEquals("", Wilson.text(0, 0));
  }
}
