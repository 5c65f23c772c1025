/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api;

/** Follows long work. Called from the thread that works. */
public interface Progress {

  /** Follows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void step(String task, long done, long total) {}

        @Override
        public boolean canceled() {
          return false;
        }
      };

  /**
   * Tells how far a task is.
   *
   * @param task a few words
   * @param done steps done
   * @param total all steps, or 0 if unknown
   */
  void step(String task, long done, long total);

  /** Whether the work should end at its next safe point. */
  boolean canceled();
}
