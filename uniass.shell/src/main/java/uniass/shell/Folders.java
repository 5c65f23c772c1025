package uniass.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.api.data.Images;

/** Walks through folders. */
final class Folders {

  private Folders() {}

  /** All image files below a folder, sorted; links to folders are not followed. */
  static List<Path> images(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> Images.isImage(f.getFileName().toString()) && Files.isRegularFile(f))
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UniassException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

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
