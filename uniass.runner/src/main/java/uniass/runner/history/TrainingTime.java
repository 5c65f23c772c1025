/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.history;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.io.Outputs;

/**
 * How long a training worked, without the time in which it was stopped: {@code training-time.json}
 * beside the model. The only file of a run, but TensorBoard's, that depends on a clock.
 */
public final class TrainingTime {

  /** The file's name. */
  public static final String FILE = "training-time.json";

  private static final Gson GSON = new Gson();

  private final Path file;
  private double before;
  private long start;

  /** The time of a run, in its folder. */
  public TrainingTime(Path run) {
    this.file = run.resolve(FILE);
  }

  /**
   * What the file holds.
   *
   * @param epochs completed
   * @param loss mean loss of the last of them; with their number it says which training this is
   * @param seconds that it worked
   */
  private record Noted(long epochs, double loss, double seconds) {}

  /** Begins to count, on top of what earlier parts of the run took. */
  public void start() {
    before = noted(file).map(Noted::seconds).orElse(0.0);
    start = System.nanoTime();
  }

  /** Notes the time after some epochs, given as rows of {@code history.csv}. */
  public void write(List<Map<String, Double>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Map<String, Double> last = rows.get(rows.size() - 1);
    double seconds = before + (System.nanoTime() - start) / 1e9;
    Noted noted = new Noted(rows.size(), last.get(History.LOSS), seconds);
    Outputs.write(file, GSON.toJson(noted) + "\n");
  }

  /** Deletes the file: what comes next is another training. */
  public void delete() {
    Outputs.deleteQuietly(file);
  }

  /**
   * How long the training of a model took.
   *
   * @param run the model's folder
   * @param rows its history
   * @return nothing if the folder has no note of a training with that history
   */
  public static Optional<Duration> of(Path run, List<Map<String, Double>> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Double loss = rows.get(rows.size() - 1).get(History.LOSS);
    return noted(run.resolve(FILE))
        .filter(n -> n.epochs() == rows.size() && Double.valueOf(n.loss()).equals(loss))
        .map(n -> Duration.ofMillis(Math.round(n.seconds() * 1000)));
  }

  private static Optional<Noted> noted(Path file) {
    try {
      return Optional.ofNullable(GSON.fromJson(Files.readString(file), Noted.class));
    } catch (IOException | JsonParseException e) {
      return Optional.empty(); // not there, or damaged: nothing depends on it
    }
  }
}
