/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.List;

/** Follows a training, beside its loop. */
interface TrainingListener {

  /** The loop begins, or goes on, with a state. */
  default void started(TrainingState state) {}

  /**
   * A step is done.
   *
   * @param images that it learned from; 0 if it was skipped
   * @param batches of the epoch
   */
  default void stepped(TrainingState state, int images, int batches) {}

  /** An epoch is done, and validated if it was due. */
  default void epochDone(TrainingState state) {}

  /** Something that the user should know. */
  default void warned(TrainingState state, String line) {}

  /** The last epoch is done. */
  default void ended(TrainingState state) {}

  /** Several listeners, called in their order. */
  static TrainingListener all(TrainingListener... listeners) {
    List<TrainingListener> all = List.of(listeners);
    return new TrainingListener() {
      @Override
      public void started(TrainingState state) {
        all.forEach(l -> l.started(state));
      }

      @Override
      public void stepped(TrainingState state, int images, int batches) {
        all.forEach(l -> l.stepped(state, images, batches));
      }

      @Override
      public void epochDone(TrainingState state) {
        all.forEach(l -> l.epochDone(state));
      }

      @Override
      public void warned(TrainingState state, String line) {
        all.forEach(l -> l.warned(state, line));
      }

      @Override
      public void ended(TrainingState state) {
        all.forEach(l -> l.ended(state));
      }
    };
  }
}
