/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Successive halving (Jamieson and Talwalkar, 2016): after a share of the epochs only the variants
 * with the lowest losses on held-out normal images go on; after {@code 1 / keep} as many epochs
 * again only the best of these, and so on.
 *
 * @param after share of its epochs after which a trial is first compared, above 0 and below 1
 * @param keep share of the variants that go on, above 0 and below 1; at least one does
 */
public record StopRule(double after, double keep) {

  private static final double ROUNDING = 1e-9;
  private static final double WHOLE = 100;

  /**
   * The epochs after which a trial is compared, round by round.
   *
   * @param epochs of the whole training; with few of them there may be no round
   */
  public List<Integer> rounds(int epochs) {
    List<Integer> rounds = new ArrayList<>();
    for (double share = after; share < 1 - ROUNDING; share /= keep) {
      int end = Math.max(1, (int) Math.ceil(share * epochs - ROUNDING));
      if (end < epochs && !rounds.contains(end)) {
        rounds.add(end);
      }
    }
    return rounds;
  }

  /** How many of some variants go on. */
  public int kept(int variants) {
    return Math.max(1, (int) Math.ceil(keep * variants - ROUNDING));
  }

  /** In words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "after %.3g %% of the epochs, %.3g %% go on", WHOLE * after, WHOLE * keep);
  }
}
