/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What a network costs on any machine.
 *
 * @param parameters numbers in it, those of the backbone among them
 * @param multiplications multiply-accumulates of one image's anomaly map: those of convolutions,
 *     matrix products and attention, counted as the network defines them; faster forms of layers
 *     may take fewer
 * @param uncounted what could not be counted, such as a script method of a plug-in; if there is
 *     something, there are at least {@code multiplications}
 */
public record NetworkCost(long parameters, long multiplications, List<String> uncounted) {

  private static final int GIGA = 9;
  private static final MathContext DIGITS = new MathContext(3);

  /** Copies the list. */
  public NetworkCost {
    uncounted = List.copyOf(uncounted);
  }

  /** Billions of multiply-accumulates for people: {@code 0.407}, or {@code at least 0.407}. */
  public String gmac() {
    BigDecimal billions = BigDecimal.valueOf(multiplications, GIGA).round(DIGITS);
    return (uncounted.isEmpty() ? "" : "at least ") + billions.toPlainString();
  }
}
