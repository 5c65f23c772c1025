package uniass.runner.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import uniass.api.UniassException;
import uniass.inference.experiment.TrainSpec;

/** What happens when numbers get out of hand. */
final class NonFinite {

  private NonFinite() {}

  /** Names what training can go on from. */
  static String goOnFrom(Optional<Path> checkpoint) {
    return checkpoint.map(c -> "; last good checkpoint: " + c).orElse("; no checkpoint yet");
  }

  /** Ends the run, unless the experiment says to skip such batches. */
  static void check(
      Supplier<Optional<String>> place,
      String what,
      long step,
      TrainSpec spec,
      Optional<Path> checkpoint) {
    if (spec.skipNonFinite()) {
      return;
    }
    throw new UniassException(
        "step "
            + step
            + ": the "
            + what
            + " is not finite"
            + place.get().orElse("")
            + goOnFrom(checkpoint)
            + "; lower train.learning-rate, or set train.non-finite: skip");
  }
}
