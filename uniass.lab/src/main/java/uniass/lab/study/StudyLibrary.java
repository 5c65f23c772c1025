/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.util.List;
import uniass.inference.experiment.TextLibrary;

/** Finds studies: files, and those that travel with the product. */
public final class StudyLibrary {

  /** Names of the studies that travel with the product. */
  public static final List<String> SHIPPED = List.of("paper-ablations", "small-ablations");

  private static final TextLibrary FILES =
      new TextLibrary("study", "a", SHIPPED, StudyLibrary.class, "studies");

  private StudyLibrary() {}

  /**
   * Reads a study.
   *
   * @param source a file, or a shipped name
   */
  public static Study read(String source) {
    TextLibrary.Text text = FILES.read(source);
    return StudyReader.read(source, text.content(), text.folder().normalize());
  }
}
