/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import uniass.api.Progress;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * A few points that cover all: greedy farthest-point selection (Gonzalez 1985), whose radius is at
 * most twice the best possible. Each next point is the one farthest from those chosen so far; the
 * first is the farthest from the mean.
 *
 * <p>One point after the other would read all points as often as there are points to choose. So a
 * round takes the {@value #POOL} farthest points aside and chooses among these alone, as long as
 * one of them is surely the farthest of all: distances of the others only shrink, and so stay below
 * what they were at the round's beginning. That is exact. Beyond, a round goes on to {@value
 * #LEAST} points, each the farthest of the pool instead of all: this is the approximation.
 *
 * @param indices of the chosen points, in their order
 * @param mean distance of all points to the nearest that is chosen
 * @param radius the largest of these distances
 */
record Coreset(long[] indices, double mean, double radius) {

  private static final Script SCRIPT = Script.load(Coreset.class);

  private static final int POOL = 1024;
  private static final int LEAST = 64;

  /** Points that are compared with a round's at once. */
  private static final int BLOCK = 4096;

  /**
   * Chooses.
   *
   * @param points (N,D)
   * @param size how many to choose; fewer are chosen if all others equal one of them
   */
  static Coreset of(NDArray points, int size, Progress progress) {
    return of(points, size, LEAST, progress);
  }

  /**
   * Chooses.
   *
   * @param least points per round, exact or not; 1 for an exact selection
   */
  static Coreset of(NDArray points, int size, int least, Progress progress) {
    int n = (int) points.getShape().get(0);
    int wanted = Math.min(size, n);
    long[] indices = new long[wanted];
    NDList state = SCRIPT.call("begin", points);
    indices[0] = state.remove(2).toLongArray()[0];
    int done = 1;
    while (done < wanted) {
      progress.step("choosing patches", done, wanted);
      int most = Math.min(POOL, wanted - done);
      NDList before = state;
      NDList round =
          Scopes.keep(() -> SCRIPT.call("choose", points, before, new long[] {POOL, least, most}));
      long[] chosen = round.get(0).toLongArray();
      if (chosen.length == 0) {
        break;
      }
      System.arraycopy(chosen, 0, indices, done, chosen.length);
      done += chosen.length;
      state =
          Scopes.keep(
              () -> SCRIPT.call("update", points, before, round.get(0), BLOCK),
              before.toArray(NDArray[]::new));
      before.get(1).close();
      round.close();
    }
    float[] ends = SCRIPT.apply("spread", state).toFloatArray();
    return new Coreset(Arrays.copyOf(indices, done), ends[0], ends[1]);
  }
}
