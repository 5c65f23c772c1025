/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A study and where it writes.
 *
 * @param study a YAML file, or the name of a study that ships
 * @param out its folder; empty for {@code runs/NAME} below the working directory
 * @param overrides settings that replace the base experiment's, each {@code key.key=value}; read
 *     when the study is frozen, and not again
 * @param resume whether the folder may hold the study already
 */
public record StudyRequest(
    String study, Optional<Path> out, List<String> overrides, boolean resume) {

  /** Copies the list. */
  public StudyRequest {
    overrides = List.copyOf(overrides);
  }

  /** A study with its own settings, new or gone on with. */
  public static StudyRequest of(String study) {
    return new StudyRequest(study, Optional.empty(), List.of(), true);
  }

  /** Writes to a folder. */
  public StudyRequest withOut(Path folder) {
    return new StudyRequest(study, Optional.of(folder), overrides, resume);
  }

  /** Replaces settings of the base experiment. */
  public StudyRequest withOverrides(List<String> settings) {
    return new StudyRequest(study, out, settings, resume);
  }

  /** Says whether the folder may hold the study already. */
  public StudyRequest withResume(boolean mayExist) {
    return new StudyRequest(study, out, overrides, mayExist);
  }
}
