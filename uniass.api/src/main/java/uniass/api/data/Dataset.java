package uniass.api.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /**
   * What belongs to some of the categories. Problems stay unless they lie in another one's folder.
   */
  public Dataset only(Collection<String> chosen) {
    Set<String> others = new HashSet<>(categories());
    others.removeAll(chosen);
    return new Dataset(
        root,
        pictures.stream().filter(p -> chosen.contains(p.category())).toList(),
        problems.stream().filter(p -> !liesIn(p.where(), others)).toList(),
        saturations.stream().filter(s -> chosen.contains(s.category())).toList());
  }

  private static boolean liesIn(String path, Set<String> folders) {
    return Arrays.stream(path.split("/")).anyMatch(folders::contains);
  }

  /** The categories' names, sorted. */
  public List<String> categories() {
    return pictures.stream().map(Picture::category).distinct().sorted().toList();
  }
}
