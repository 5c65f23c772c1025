/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that the product keeps files in.
 *
 * @param content what they are
 * @param path where it lies
 * @param variable sets another one
 */
record Folder(String content, Path path, String variable) {

  /** What it takes, in MB; 0 if it is not there yet. */
  long megabytes() {
    return files().stream().mapToLong(Folder::size).sum() >> 20;
  }

  /** What a start that was killed has left. */
  Optional<Path> leftover() {
    return files().stream()
        .map(Path::getParent)
        .filter(f -> f.toString().matches(".*\\.(unpacking|old)"))
        .findFirst();
  }

  /** Free space for it, in MB. */
  long free() {
    Path there = path;
    while (there != null && Files.notExists(there)) {
      there = there.getParent();
    }
    try {
      return there == null ? 0 : Files.getFileStore(there).getUsableSpace() >> 20;
    } catch (IOException e) {
      return 0;
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // another process is at work there
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
