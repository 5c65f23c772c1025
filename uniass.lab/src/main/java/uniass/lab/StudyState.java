/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab;

import java.nio.file.Path;
import java.util.List;

/**
 * How far a study is.
 *
 * @param name the study's name
 * @param out its folder
 * @param trials in the order in which they run
 * @param notes what the user should know, such as an edit that does not count
 */
public record StudyState(String name, Path out, List<Trial> trials, List<String> notes) {

  /** Copies the lists. */
  public StudyState {
    trials = List.copyOf(trials);
    notes = List.copyOf(notes);
  }

  /** The trials in a state. */
  public List<Trial> trials(Progress progress) {
    return trials.stream().filter(t -> t.progress() == progress).toList();
  }

  /**
   * One training with its evaluation.
   *
   * @param name of the trial and its folder below {@code trials}
   * @param variant what differs from the base, such as {@code gated-cnn=identity}; {@code base} for
   *     nothing
   * @param seed its random seed
   * @param progress how far it is
   * @param cause why it failed, was stopped or waits, or what it does now, in a line; else empty
   */
  public record Trial(String name, String variant, long seed, Progress progress, String cause) {}

  /** How far a trial is. */
  public enum Progress {
    /** Not done; perhaps begun. */
    WAITING,
    /** Trained and evaluated. */
    DONE,
    /** It failed, and runs again when the study goes on. */
    FAILED,
    /** Another process runs it. */
    HELD,
    /** The study's rule stopped it before its end. */
    STOPPED,
    /** It runs in this process; the cause says how far it is. */
    RUNNING
  }
}
