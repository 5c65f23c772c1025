/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.OptionalDouble;
import uniass.api.inspection.Prediction.Verdict;

/**
 * Decides.
 *
 * @param threshold a score of this or more is anomalous; empty if there is none
 * @param version that of the threshold; 0 for the model's own
 */
record Judge(OptionalDouble threshold, int version) {

  Verdict verdict(double score) {
    if (threshold.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    return score >= threshold.getAsDouble() ? Verdict.ANOMALOUS : Verdict.NORMAL;
  }
}
