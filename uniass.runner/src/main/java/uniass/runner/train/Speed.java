package uniass.runner.train;

import java.util.Locale;
import uniass.inference.experiment.TrainSpec;

/** Images a second, over the recent past. */
final class Speed {

  private static final double MEMORY_SECONDS = 20;

  private long last = System.nanoTime();
  private double seconds;
  private double images;

  void add(int count) {
    long now = System.nanoTime();
    double elapsed = (now - last) / 1e9;
    double keep = Math.exp(-elapsed / MEMORY_SECONDS);
    seconds = seconds * keep + elapsed;
    images = images * keep + count;
    last = now;
  }

  /** Leaves the time since the last step out. */
  void pause() {
    last = System.nanoTime();
  }

  /** The progress line. */
  String line(TrainingState state, TrainSpec spec) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  loss %.4g  rate %.3g  %.1f images/s",
        state.epoch + 1,
        spec.epochs(),
        state.lossSum / Math.max(1, state.images),
        state.rate,
        seconds > 0 ? images / seconds : 0);
  }
}
