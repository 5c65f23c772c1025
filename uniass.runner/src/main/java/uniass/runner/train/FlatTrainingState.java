/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import uniass.runner.train.TrainingState.Best;
import uniass.runner.train.TrainingState.Current;

/** The state as checkpoints of the first versions hold it: all values side by side. */
record FlatTrainingState(
    int epoch,
    int batch,
    long batches,
    long steps,
    double lossSum,
    double normSum,
    @SerializedName(value = "images", alternate = "pictures") long images,
    int epochSteps,
    int skipped,
    double rate,
    int bestEpoch,
    double bestValue,
    int sinceBest,
    boolean ended,
    List<Map<String, Double>> rows) {

  TrainingState state() {
    return new TrainingState(
        epoch,
        batches,
        steps,
        rate,
        new Current(batch, epochSteps, skipped, images, lossSum, normSum),
        new Best(bestEpoch, bestValue, sinceBest),
        ended,
        rows);
  }
}
