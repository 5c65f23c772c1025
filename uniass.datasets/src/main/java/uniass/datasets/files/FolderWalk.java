package uniass.datasets.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import uniass.api.UniassException;
import uniass.api.data.ImageFiles;
import uniass.api.data.Images;

/** Finds the images below a folder, by the same rule as readers of data sets. */
public final class FolderWalk extends SimpleFileVisitor<Path> {

  private final Path folder;
  private final List<Path> images = new ArrayList<>();
  private final LeftOutFiles leftOut = new LeftOutFiles();

  private FolderWalk(Path folder) {
    this.folder = folder;
  }

  /** Walks through a folder; links to folders are not followed. */
  public static ImageFiles images(Path folder) {
    FolderWalk walk = new FolderWalk(folder);
    try {
      Files.walkFileTree(folder, walk);
    } catch (IOException e) {
      throw new UniassException(folder + " cannot be read: " + e.getMessage(), e);
    }
    Collections.sort(walk.images);
    return new ImageFiles(walk.images, walk.leftOut.note());
  }

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
}
