/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.experiment.RunStoppedException;
import uniass.io.Outputs;
import uniass.lab.run.Freezer.Plan;

/** Trains the base of a study for some seconds, to say how long a trial takes. */
final class Probe {

  private static final long ENOUGH = Duration.ofSeconds(15).toNanos();
  private static final int WARM = 3;

  private final Experiments experiments;

  Probe(Experiments experiments) {
    this.experiments = experiments;
  }

  /** The time of one training. */
  Duration time(Plan plan, Progress progress) {
    Path folder;
    try {
      folder = Files.createTempDirectory("uniass-probe");
    } catch (IOException e) {
      throw new UniassException("no temporary folder: " + Outputs.reason(e), e);
    }
    Watch watch = new Watch(progress);
    try {
      experiments.train(
          experiments.parse("probe", plan.study().base()),
          new TrainingOptions(folder, false, true),
          watch);
    } catch (RunStoppedException e) {
      if (progress.canceled()) {
        throw e;
      }
    } finally {
      delete(folder);
    }
    return watch.whole();
  }

  /** Watches the steps, and ends the training when enough have been seen. */
  private static final class Watch implements Progress {

    private final Progress outer;
    private long start;
    private long first;
    private long last;
    private long total;
    private long end;

    Watch(Progress outer) {
      this.outer = outer;
    }

    @Override
    public void step(String task, long done, long all) {
      outer.step("probe: " + task, done, all);
      if (!task.startsWith("epoch ")) {
        return;
      }
      if (done <= Math.min(WARM, all / 2) || start == 0) {
        start = System.nanoTime();
        first = done;
      }
      last = done;
      total = all;
      end = System.nanoTime();
    }

    @Override
    public boolean canceled() {
      return outer.canceled() || (start > 0 && last > first && end - start > ENOUGH);
    }

    Duration whole() {
      return last > first
          ? Duration.ofNanos((end - start) / (last - first) * total)
          : Duration.ZERO;
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Outputs::deleteQuietly);
    } catch (IOException e) {
      // a leftover temporary folder does no harm
    }
  }
}
