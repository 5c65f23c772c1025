/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds a path with spaces that the system's shell took apart because it was not quoted. What is
 * wrong with its pieces would say nothing of that.
 */
final class TornPath {

  private TornPath() {}

  /** A line that names the path; nothing if all words may be meant as they are. */
  static Optional<String> in(List<String> words) {
    for (int from = 0; from < words.size(); from++) {
      String first = words.get(from);
      String start = first.substring(first.lastIndexOf('=') + 1); // key=value, --option=value
      boolean whole = exists(start);
      StringBuilder path = new StringBuilder(start);
      for (int to = from + 1; to < words.size() && !start.isEmpty(); to++) {
        path.append(' ').append(words.get(to));
        whole &= exists(words.get(to));
        if (!whole && exists(path.toString())) {
          return Optional.of("put quotes around the path '" + path + "', which has a space");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
