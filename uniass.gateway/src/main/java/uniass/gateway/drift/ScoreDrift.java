/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.drift;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest.TwoResult;

/**
 * Compares the last scores with those of the calibration by the two-sample Kolmogorov-Smirnov test.
 * All scores count, because what drifts may become anomalous; a few real defects do not matter.
 */
final class ScoreDrift {

  /** So many of the last scores are compared. */
  static final int WINDOW = 200;

  private static final int FEWEST = 30;
  private static final int EVERY = 10;

  /** Both must be reached: that scores differ must be sure, and they must differ by much. */
  private static final double SURE = 0.999;

  private static final double MUCH = 0.3;

  private final double[] normal;
  private final Deque<Double> last = new ArrayDeque<>();
  private int since;
  private OptionalDouble distance = OptionalDouble.empty();
  private OptionalDouble confidence = OptionalDouble.empty();

  ScoreDrift(double[] normal) {
    this.normal = normal;
  }

  void add(double score) {
    last.add(score);
    if (last.size() > WINDOW) {
      last.remove();
    }
    if (normal.length > 1 && last.size() >= FEWEST && since++ % EVERY == 0) {
      double[] now = last.stream().mapToDouble(Double::doubleValue).toArray();
      TwoResult result = KolmogorovSmirnovTest.withDefaults().test(normal, now);
      distance = OptionalDouble.of(result.getStatistic());
      confidence = OptionalDouble.of(1 - result.getPValue());
    }
  }

  int size() {
    return last.size();
  }

  OptionalDouble distance() {
    return distance;
  }

  OptionalDouble confidence() {
    return confidence;
  }

  boolean drifts() {
    return distance.orElse(0) >= MUCH && confidence.orElse(0) >= SURE;
  }
}
