/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import uniass.api.Progress;

/** Progress of one trial of a study. */
record TrialProgress(Progress progress, String prefix) implements Progress {

  @Override
  public void step(String task, long done, long total) {
    progress.step(prefix + task, done, total);
  }

  @Override
  public boolean canceled() {
    return progress.canceled();
  }
}
