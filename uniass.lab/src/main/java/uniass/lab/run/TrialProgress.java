/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import uniass.api.Progress;

/** Progress of one trial of a study. */
final class TrialProgress implements Progress {

  private final Progress progress;
  private final String trial;
  private final String prefix;
  private volatile String task = "";

  /**
   * Passes on what a trial does.
   *
   * @param prefix names it in front of every line
   */
  TrialProgress(Progress progress, String trial, String prefix) {
    this.progress = progress;
    this.trial = trial;
    this.prefix = prefix;
  }

  String trial() {
    return trial;
  }

  /** What it does now. */
  String task() {
    return task;
  }

  @Override
  public void step(String now, long done, long total) {
    task = now;
    progress.step(prefix + now, done, total);
  }

  @Override
  public boolean canceled() {
    return progress.canceled();
  }
}
