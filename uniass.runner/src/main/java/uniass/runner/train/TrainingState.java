package uniass.runner.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.UniassException;
import uniass.runner.history.History;

/**
 * Everything a training knows that is no tensor. It changes only together with the parameters, so
 * that what a checkpoint holds always belongs together.
 */
final class TrainingState {

  private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  /** Epochs completed. */
  int epoch;

  /** Batches of the present epoch that are done. */
  int batch;

  /** Batches seen in all; each has randomness of its own. */
  long batches;

  /** Steps of the optimizer. */
  long steps;

  /** Sum over the images of the present epoch of their batches' losses. */
  double lossSum;

  /** Sum of the norms of gradients over the present epoch's steps. */
  double normSum;

  /** Images of the present epoch that are done, without those of skipped batches. */
  long images;

  /** Steps of the present epoch. */
  int epochSteps;

  /** Batches of the present epoch that were skipped because something was not finite. */
  int skipped;

  /** Rate of the last step. */
  double rate;

  /** Epochs completed when the state was best, 0 if it never was judged. */
  int bestEpoch;

  /** The criterion's value then. */
  double bestValue;

  /** Judgments since then. */
  int sinceBest;

  /** Whether training ended early. */
  boolean ended;

  /** Whether the checkpoint of the best epoch turned out damaged. */
  transient boolean bestLost;

  /** One row an epoch. */
  List<Map<String, Double>> rows = new ArrayList<>();

  /** Writes it as a line of JSON. */
  String toJson() {
    return GSON.toJson(this);
  }

  /** Reads what {@link #toJson} wrote. */
  static TrainingState fromJson(String json) {
    try {
      TrainingState state = GSON.fromJson(json, TrainingState.class);
      state.rows = new ArrayList<>(state.rows);
      return state;
    } catch (JsonSyntaxException | NullPointerException e) {
      throw new UniassException("its training state is damaged", e);
    }
  }

  /** Ends the epoch with a row. */
  Map<String, Double> endEpoch() {
    epoch++;
    Map<String, Double> row = new LinkedHashMap<>();
    row.put(History.EPOCH, (double) epoch);
    row.put(History.STEP, (double) steps);
    row.put(History.LOSS, images == 0 ? Double.NaN : lossSum / images);
    row.put(History.RATE, rate);
    row.put(History.NORM, epochSteps == 0 ? Double.NaN : normSum / epochSteps);
    row.put(History.SKIPPED, (double) skipped);
    rows.add(row);
    batch = 0;
    lossSum = 0;
    normSum = 0;
    images = 0;
    epochSteps = 0;
    skipped = 0;
    return row;
  }
}
