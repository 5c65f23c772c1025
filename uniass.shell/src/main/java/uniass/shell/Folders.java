/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import uniass.api.UniassException;

/** Handles folders. */
final class Folders {

  private Folders() {}

  /** Deletes a folder and what is in it. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UniassException(folder + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
