/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.statistics;

/** A comparison in words. */
public final class Verdict {

  /** Below it a corrected probability counts. */
  public static final double LEVEL = 0.05;

  /** The variant is better. */
  public static final String BETTER = "better";

  /** The variant is worse. */
  public static final String WORSE = "worse";

  private static final double POINT = 0.01;

  private Verdict() {}

  /**
   * Says what a comparison shows.
   *
   * @param p corrected for the number of comparisons
   * @param comparisons their number
   */
  public static String of(Differences differences, double p, int comparisons) {
    int seeds = differences.seeds();
    if (p < LEVEL) {
      return differences.mean() > 0 ? BETTER : WORSE;
    }
    String none = "no difference that " + seeds + (seeds == 1 ? " seed" : " seeds") + " can show";
    int needed = differences.seedsFor(POINT, LEVEL / Math.max(1, comparisons));
    if (needed == 0) {
      return none;
    }
    return needed <= seeds
        ? "no difference of 1 point"
        : none + "; " + needed + (needed < 1000 ? "" : " or more") + " would show 1 point";
  }
}
