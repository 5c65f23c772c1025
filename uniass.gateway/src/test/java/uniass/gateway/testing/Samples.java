/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.testing;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.metric.ImageScore;
import uniass.gateway.InspectionResult;
import uniass.gateway.ModelVersion;
import uniass.gateway.Region;
import uniass.gateway.Timings;

/** Results that no model made. */
public final class Samples {

  private Samples() {}

  /** An anomalous result of station {@code line3}. */
  public static InspectionResult result(String id) {
    return result(id, "line3");
  }

  /** An anomalous result. */
  public static InspectionResult result(String id, String station) {
    return new InspectionResult(
        id,
        station,
        new ModelVersion("bottles", "1", "00ff"),
        Instant.parse("2026-01-02T03:04:05.678Z"),
        0.5,
        ImageScore.MAX,
        OptionalDouble.of(0.25),
        Verdict.ANOMALOUS,
        List.of(new Region(1, 2, 3, 4, 9, 0.5, 2.5, 3.5)),
        10,
        20,
        new Timings(1, 2, 3, 4, 10.125));
  }
}
