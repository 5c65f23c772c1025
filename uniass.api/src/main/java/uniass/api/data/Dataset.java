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
 * @param saturations of regions, where the authors define them; else empty
 */
public record Dataset(
    Path root, List<Picture> pictures, List<Problem> problems, List<Saturation> saturations) {

  /** Copies the lists. */
  public Dataset {
    pictures = List.copyOf(pictures);
    problems = List.copyOf(problems);
    saturations = List.copyOf(saturations);
  }

  /** A data set without saturations. */
  public Dataset(Path root, List<Picture> pictures, List<Problem> problems) {
    this(root, pictures, problems, List.of());
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
