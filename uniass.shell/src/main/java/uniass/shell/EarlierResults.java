/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** Results of an earlier {@code predict} in a folder that another one writes to. */
final class EarlierResults {

  private final Path out;
  private final SortedMap<Path, FileTime> before;

  /** Notes what lies there before anything is written. */
  EarlierResults(Path out) {
    this.out = out;
    this.before = files();
  }

  /** A line about those that are still as they were, and so say nothing about the images now. */
  Optional<String> note() {
    if (before.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<Path, FileTime> left = files();
    left.entrySet().removeIf(now -> !now.getValue().equals(before.get(now.getKey())));
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("%d %s of an earlier predict %s left in %s, such as %s; to have these results alone,"
                    + " delete the folder before, or choose another --out")
                .formatted(
                    left.size(),
                    left.size() == 1 ? "file" : "files",
                    left.size() == 1 ? "is" : "are",
                    out,
                    left.firstKey()));
  }

  /** What lies in folders that are marked as results, by its path below the output's folder. */
  private SortedMap<Path, FileTime> files() {
    SortedMap<Path, FileTime> files = new TreeMap<>();
    if (Files.isDirectory(out)) {
      try (Stream<Path> folders = Files.list(out)) {
        for (Path folder : folders.filter(Outputs::holdsResults).toList()) {
          add(folder, files);
        }
      } catch (IOException e) {
        throw new UniassException(out + " cannot be read: " + Outputs.reason(e), e);
      }
    }
    return files;
  }

  private void add(Path folder, SortedMap<Path, FileTime> files) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) below::iterator) {
        if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")) {
          files.put(out.relativize(file), Files.getLastModifiedTime(file));
        }
      }
    }
  }
}
