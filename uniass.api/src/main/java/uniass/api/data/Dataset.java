package uniass.api.data;

import java.nio.file.Path;
import java.util.List;
import uniass.api.Problem;

/**
 * What a reader found: names, not yet pixels.
 *
 * @param root folder that all paths are below
 * @param pictures in a stable order that depends on names only
 * @param problems what the reader noticed: masks without pictures, pictures without masks...
 */
public record Dataset(Path root, List<Picture> pictures, List<Problem> problems) {

  /** Copies the lists. */
  public Dataset {
    pictures = List.copyOf(pictures);
    problems = List.copyOf(problems);
  }

  /** The pictures of a split. */
  public List<Picture> pictures(Split split) {
    return pictures.stream().filter(p -> p.split() == split).toList();
  }

  /** The categories' names, sorted. */
  public List<String> categories() {
    return pictures.stream().map(Picture::category).distinct().sorted().toList();
  }
}
