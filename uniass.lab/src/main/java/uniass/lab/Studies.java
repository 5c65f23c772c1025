/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.Progress;
import uniass.api.experiment.RunStoppedException;

/**
 * Runs studies: an experiment, trained and evaluated with other settings and seeds, and a fair
 * comparison of the results. Every error is a {@link uniass.api.UniassException} of one line, or of
 * one line per problem of a study's file.
 *
 * <pre>{@code
 * StudyRequest request = StudyRequest.of("gates.yaml");
 * StudyState end = studies.run(request, Progress.NONE);
 * StudyTable table = studies.table(request);
 * table.rows().forEach(row -> log(row.variant() + " is " + row.verdict()));
 * }</pre>
 *
 * <p>A study is frozen when it is first run: the settings of its trials, the bytes of the plug-ins
 * that they use and the content of the data. What changes later does not change the study; a
 * plug-in of other bytes, other data or another version of the product stop it by name.
 */
@ProviderType
public interface Studies {

  /** Names of the studies that travel with the product. */
  List<String> shipped();

  /**
   * Reads a study and checks every setting of every trial; writes nothing. A study that is frozen
   * already is shown as it will go on.
   */
  StudyState check(StudyRequest request);

  /**
   * Trains the study's base for a few seconds and throws the result away.
   *
   * @return how long the training of one trial takes, without its evaluation
   */
  Duration probe(StudyRequest request, Progress progress);

  /** Freezes a study, or adds to a frozen one what its file has more; runs nothing. */
  StudyState freeze(StudyRequest request);

  /**
   * Runs all trials that are not done, also those that failed before. A trial that fails is noted,
   * and the others are run.
   *
   * @throws RunStoppedException if it was stopped; a later call goes on from there
   */
  StudyState run(StudyRequest request, Progress progress);

  /**
   * Runs one trial, if it is not done: what a scheduler starts, many at a time, on a folder that
   * all machines share.
   *
   * @throws uniass.api.UniassException if the trial fails or another process has it
   */
  StudyState run(StudyRequest request, String trial, Progress progress);

  /** The studies that run in this process now, with what they do. */
  List<StudyState> running();

  /**
   * How far the study in a folder is, whoever runs it, by what lies there.
   *
   * @throws uniass.api.UniassException if there is none
   */
  StudyState state(Path folder);

  /** Puts together the tables and the page of the trials that are done, and writes them. */
  StudyTable table(StudyRequest request);

  /** Trains a model again from what it says about itself, and compares the bytes. */
  Reproduction reproduce(ReproductionRequest request, Progress progress);
}
