package uniass.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.Images;

/**
 * The images below a folder, by the same rule as in data sets.
 *
 * @param images sorted
 * @param leftOut a line that counts files which are not read, by their endings
 */
public record ImageFiles(List<Path> images, Optional<String> leftOut) {

  /** Walks through a folder; links to folders are not followed, hidden ones are passed over. */
  public static ImageFiles below(Path folder) {
    List<Path> images = new ArrayList<>();
    LeftOutFiles leftOut = new LeftOutFiles();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
              return at.equals(folder) || !Images.isHidden(at.getFileName().toString())
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              if (Images.isImage(name) && Files.isRegularFile(file)) {
                images.add(file);
              } else {
                leftOut.add(name);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UniassException(folder + " cannot be read: " + AtomicFile.reason(e), e);
    }
    return new ImageFiles(images.stream().sorted().toList(), leftOut.note());
  }
}
