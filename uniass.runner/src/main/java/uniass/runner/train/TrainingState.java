/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uniass.api.UniassException;
import uniass.runner.history.History;

/**
 * The non-tensor part of a training's state. Each step and each epoch replaces it, together with
 * the parameters, so that what a checkpoint holds always belongs together.
 *
 * @param epoch epochs completed
 * @param batches batches seen in all; each has randomness of its own
 * @param steps optimizer steps in all
 * @param rate learning rate of the last step
 * @param current the epoch that is not complete yet
 * @param best the best state so far
 * @param ended whether training ended early
 * @param rows of {@code history.csv}, one per epoch
 */
record TrainingState(
    int epoch,
    long batches,
    long steps,
    double rate,
    Current current,
    Best best,
    boolean ended,
    List<Map<String, Double>> rows) {

  /** A training that has not begun. */
  static final TrainingState BEGINNING =
      new TrainingState(0, 0, 0, 0, Current.NONE, new Best(0, 0, 0), false, List.of());

  private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  /** Checks that it is complete. */
  TrainingState {
    Objects.requireNonNull(current);
    Objects.requireNonNull(best);
    rows = List.copyOf(rows);
  }

  /**
   * What is done of an epoch.
   *
   * @param batch batches that are done
   * @param steps optimizer steps
   * @param skipped batches that were skipped because something was not finite
   * @param images images of the batches that were not skipped
   * @param lossSum sum over these images of their batches' losses
   * @param normSum sum over the steps of the gradients' norms
   */
  record Current(int batch, int steps, int skipped, long images, double lossSum, double normSum) {
    private static final Current NONE = new Current(0, 0, 0, 0, 0, 0);

    /** Mean loss so far; NaN before the first step. */
    double loss() {
      return images == 0 ? Double.NaN : lossSum / images;
    }
  }

  /**
   * The best state so far.
   *
   * @param epoch epochs completed then; 0 if no state has been judged yet
   * @param value value of the criterion then
   * @param since how many states were judged since
   */
  record Best(int epoch, double value, int since) {}

  /**
   * Batches that make one step.
   *
   * @param batches how many
   * @param images images in them; 0 if a loss was not finite
   * @param lossSum sum over the images of their batches' losses
   */
  record Group(int batches, int images, double lossSum) {
    static final Group EMPTY = new Group(0, 0, 0);

    Group plus(int size, double loss) {
      return new Group(batches + 1, images + size, lossSum + loss * size);
    }

    Group lost() {
      return new Group(batches + 1, 0, 0);
    }
  }

  /** The state after a step. */
  TrainingState stepped(Group group, double norm, double newRate) {
    Current next =
        new Current(
            current.batch + group.batches,
            current.steps + 1,
            current.skipped,
            current.images + group.images,
            current.lossSum + group.lossSum,
            current.normSum + norm);
    return new TrainingState(
        epoch, batches + group.batches, steps + 1, newRate, next, best, ended, rows);
  }

  /** The state after batches that changed nothing. */
  TrainingState skipped(int count) {
    Current next =
        new Current(
            current.batch + count,
            current.steps,
            current.skipped + count,
            current.images,
            current.lossSum,
            current.normSum);
    return new TrainingState(epoch, batches + count, steps, rate, next, best, ended, rows);
  }

  /** The state after the current epoch, with a row about it. */
  TrainingState epochDone() {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put(History.EPOCH, (double) (epoch + 1));
    row.put(History.STEP, (double) steps);
    row.put(History.LOSS, current.loss());
    row.put(History.RATE, rate);
    row.put(History.NORM, current.steps == 0 ? Double.NaN : current.normSum / current.steps);
    row.put(History.SKIPPED, (double) current.skipped);
    List<Map<String, Double>> more = new ArrayList<>(rows);
    more.add(Collections.unmodifiableMap(row));
    return new TrainingState(epoch + 1, batches, steps, rate, Current.NONE, best, ended, more);
  }

  /** The row of the last epoch that is complete. */
  Map<String, Double> row() {
    return rows.get(rows.size() - 1);
  }

  /** The state with more columns in its last row. */
  TrainingState with(Map<String, Double> columns) {
    Map<String, Double> row = new LinkedHashMap<>(row());
    row.putAll(columns);
    List<Map<String, Double>> changed = new ArrayList<>(rows);
    changed.set(rows.size() - 1, Collections.unmodifiableMap(row));
    return new TrainingState(epoch, batches, steps, rate, current, best, ended, changed);
  }

  /** The state, judged. */
  TrainingState judged(Best newBest, boolean nowEnded) {
    return new TrainingState(epoch, batches, steps, rate, current, newBest, nowEnded, rows);
  }

  /** Writes it as a line of JSON. */
  String toJson() {
    return GSON.toJson(this);
  }

  /** Reads what {@link #toJson} wrote, now or in an earlier version. */
  static TrainingState fromJson(String json) {
    try {
      JsonObject text = JsonParser.parseString(json).getAsJsonObject();
      return text.has("current")
          ? Objects.requireNonNull(GSON.fromJson(text, TrainingState.class))
          : GSON.fromJson(text, FlatTrainingState.class).state();
    } catch (RuntimeException e) { // whatever the text is
      throw new UniassException("its training state is damaged", e);
    }
  }
}
