package uniass.api.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The images below a folder.
 *
 * @param images sorted
 * @param leftOut a line that counts files which are not read, by their endings
 */
public record ImageFiles(List<Path> images, Optional<String> leftOut) {

  /** Copies the list. */
  public ImageFiles {
    images = List.copyOf(images);
  }
}
