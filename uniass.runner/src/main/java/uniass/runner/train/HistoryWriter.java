/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.nio.file.Path;
import uniass.io.Outputs;
import uniass.io.events.EventFile;
import uniass.runner.history.History;
import uniass.runner.history.TrainingTime;

/**
 * Keeps the files that hold a training's history in line with it: also at the beginning, because a
 * killed process may have left them a few epochs behind the checkpoint, or ahead of it.
 */
final class HistoryWriter implements TrainingListener {

  private final Path out;
  private final EventFile events;
  private final TrainingTime time;

  HistoryWriter(Path out) {
    this.out = out;
    this.events = EventFile.in(out.resolve("tensorboard"));
    this.time = new TrainingTime(out);
  }

  /** Deletes what another training noted of its times. */
  void startAfresh() {
    events.delete();
    time.delete();
  }

  @Override
  public void started(TrainingState state) {
    time.start();
    epochDone(state);
  }

  @Override
  public void epochDone(TrainingState state) {
    Outputs.write(out.resolve(History.FILE), History.csv(state.rows()));
    events.write(History.byTag(state.rows()));
    time.write(state.rows());
  }
}
