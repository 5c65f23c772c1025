/* SPDX-License-Identifier: Apache-2.0 */
package uniass.kura;

import java.util.Optional;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.io.HeatMap;

/**
 * What was found in an image, in types that Kura has.
 *
 * @param verdict whether it is anomalous; empty, as the threshold, if the model has no thresholds
 * @param score the image's score
 * @param threshold from which score on an image is anomalous
 * @param heatmap a PNG file
 */
record Found(Optional<Boolean> verdict, float score, Optional<Float> threshold, byte[] heatmap) {

  static final String VERDICT = "verdict";
  static final String SCORE = "score";
  static final String THRESHOLD = "threshold";
  static final String HEATMAP = "heatmap";

  static Found of(Prediction result) {
    return new Found(
        result.verdict() == Verdict.UNDECIDED
            ? Optional.empty()
            : Optional.of(result.verdict() == Verdict.ANOMALOUS),
        (float) result.score(),
        result.threshold().isPresent()
            ? Optional.of((float) result.threshold().getAsDouble())
            : Optional.empty(),
        HeatMap.png(result.map(), result.threshold()));
  }
}
