/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.api.data.Images;
import uniass.io.LeftOutFiles;
import uniass.io.Outputs;

/**
 * The images that a command is to look at, by the names under which results are written: below a
 * folder that was given, an image's path in it; for a file that was given, its own name.
 */
final class InputImages {

  private final Map<String, Path> images = new LinkedHashMap<>();
  private final List<Path> results = new ArrayList<>();
  private final LeftOutFiles others = new LeftOutFiles();

  /**
   * Finds the images.
   *
   * @param sources files and folders
   * @throws UniassException if a source is missing or empty, or two images would share a name
   */
  InputImages(List<Path> sources) {
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        List<Path> found = below(source);
        if (found.isEmpty()) {
          throw new UniassException(
              String.join(
                  "; ",
                  Stream.concat(Stream.of(source + " holds no images"), notes().stream())
                      .toList()));
        }
        found.forEach(f -> add(source.relativize(f).toString().replace('\\', '/'), f));
      } else if (Files.exists(source)) {
        add(source.getFileName().toString(), source);
      } else {
        throw new UniassException(
            "no image or folder '" + source + "'; a name with spaces needs quotes");
      }
    }
  }

  /** Names, in the order of {@link #files}. */
  List<String> names() {
    return List.copyOf(images.keySet());
  }

  List<Path> files() {
    return List.copyOf(images.values());
  }

  /** What the user should know. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(others.note().stream().toList());
    if (!results.isEmpty()) {
      notes.add(leftOut());
    }
    return notes;
  }

  private String leftOut() {
    return "left out "
        + String.join(", ", results.stream().map(Path::toString).toList())
        + ": results of predict, not images to inspect";
  }

  private void add(String name, Path file) {
    Path other = images.putIfAbsent(name, file);
    if (other != null && !other.equals(file)) {
      throw new UniassException(
          other
              + " and "
              + file
              + " would both be written as "
              + name
              + "; inspect them one after the other, with another --out");
    }
  }

  /** All images below a folder, sorted; links to folders in it are not followed. */
  private List<Path> below(Path given) {
    List<Path> found = new ArrayList<>();
    try {
      Path folder = given.toRealPath(); // the folder that was named may be a link
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
              if (!at.equals(folder) && Images.isHidden(at.getFileName().toString())) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              if (Outputs.holdsResults(at)) {
                results.add(given.resolve(folder.relativize(at)));
                return FileVisitResult.SKIP_SUBTREE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              if (Images.isImage(name) && Files.isRegularFile(file)) {
                found.add(given.resolve(folder.relativize(file)));
              } else {
                others.add(folder.relativize(file).toString().replace('\\', '/'));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UniassException(given + " cannot be read: " + Outputs.reason(e), e);
    }
    found.sort(null);
    return found;
  }
}
