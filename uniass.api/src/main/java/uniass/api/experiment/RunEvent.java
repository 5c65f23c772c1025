/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import java.util.Map;

/**
 * Something that happened in a run. The same events go to EventAdmin, if there is one, under the
 * topic {@code uniass/run/KIND}.
 *
 * @param run the run's identifier
 * @param experiment the experiment's name
 * @param kind what happened
 * @param epoch epochs completed
 * @param step optimizer steps taken
 * @param values figures by name: {@code loss}, {@code learning-rate}, metrics...
 * @param message a line for people, may be empty
 */
public record RunEvent(
    String run,
    String experiment,
    Kind kind,
    int epoch,
    long step,
    Map<String, Double> values,
    String message) {

  /** Copies the map. */
  public RunEvent {
    values = Map.copyOf(values);
  }

  /** Kinds of events. */
  public enum Kind {
    /** The run waits for another one. */
    QUEUED,
    /** The run begins or goes on. */
    STARTED,
    /** An epoch is done. */
    EPOCH,
    /** A checkpoint is on disk. */
    CHECKPOINT,
    /** Something that the user should know. */
    WARNING,
    /** The run is done. */
    FINISHED,
    /** The run was stopped; it can be resumed. */
    STOPPED,
    /** The run failed. */
    FAILED
  }
}
