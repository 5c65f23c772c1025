/* SPDX-License-Identifier: Apache-2.0 */
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
 * @param images in a stable order that depends on names only
 * @param problems what the reader noticed: masks without images, images without masks...
 * @param saturations of regions, where the authors define them; else empty
 */
public record Dataset(
    Path root, List<Image> images, List<Problem> problems, List<SaturationThreshold> saturations) {

  /** Copies the lists. */
  public Dataset {
    images = List.copyOf(images);
    problems = List.copyOf(problems);
    saturations = List.copyOf(saturations);
  }

  /** A data set without saturations. */
  public Dataset(Path root, List<Image> images, List<Problem> problems) {
    this(root, images, problems, List.of());
  }

  /** The images of a split. */
  public List<Image> images(Split split) {
    return images.stream().filter(p -> p.split() == split).toList();
  }

  /**
   * What belongs to some of the categories. Problems stay unless they lie in another one's folder.
   */
  public Dataset only(Collection<String> chosen) {
    Set<String> others = new HashSet<>(categories());
    others.removeAll(chosen);
    return new Dataset(
        root,
        images.stream().filter(p -> chosen.contains(p.category())).toList(),
        problems.stream().filter(p -> !liesIn(p.where(), others)).toList(),
        saturations.stream().filter(s -> chosen.contains(s.category())).toList());
  }

  private static boolean liesIn(String path, Set<String> folders) {
    return Arrays.stream(path.split("/")).anyMatch(folders::contains);
  }

  /** The categories' names, sorted. */
  public List<String> categories() {
    return images.stream().map(Image::category).distinct().sorted().toList();
  }
}
