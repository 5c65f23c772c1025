/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import uniass.api.Problem;
import uniass.io.FileNames;

/**
 * Finds the masks that belong to the images of one folder by their names without endings, in any
 * Unicode form. If two files could be the mask, or two images could have it, that is an error which
 * names both: neither is taken.
 */
final class StemMatch {

  private final DatasetFolder tree;
  private final Map<String, List<String>> images = new HashMap<>();
  private final Map<String, List<String>> masks = new TreeMap<>();
  private final Set<String> named = new HashSet<>();

  /** For the images of a folder. */
  StemMatch(DatasetFolder tree, String folder) {
    this.tree = tree;
    for (String name : tree.images(folder)) {
      images.computeIfAbsent(key(DatasetFolder.stem(name)), k -> new ArrayList<>()).add(name);
    }
  }

  /** All masks of a folder, by their stems. */
  static StemMatch of(DatasetFolder tree, String folder, String masks) {
    StemMatch match = new StemMatch(tree, folder);
    for (String name : tree.images(masks)) {
      match.mask(DatasetFolder.stem(name), DatasetFolder.join(masks, name));
    }
    return match;
  }

  private static String key(String stem) {
    return FileNames.composed(stem);
  }

  /** Adds a mask, a file or a folder, by its stem. */
  void mask(String stem, String path) {
    masks.computeIfAbsent(key(stem), k -> new ArrayList<>()).add(path);
  }

  /**
   * Takes the mask of an image.
   *
   * @param path the image's
   * @param suffixes what the mask's stem may have after the image's; the empty one for nothing
   * @return its path; null if it has none, or if it is unclear which, which is noted
   */
  String take(String path, String... suffixes) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (String suffix : suffixes) {
      String name = stem(path) + key(suffix);
      // with a suffix it may be another image's very name
      if (masks.containsKey(name) && (suffix.isEmpty() || !images.containsKey(name))) {
        found.put(name, masks.get(name));
      }
    }
    return take(path, found);
  }

  /** Takes the mask of an image that lies in the same folder, with a suffix of its own. */
  String takeBeside(String path, String suffix) {
    String name = stem(path) + suffix;
    return take(path, masks.containsKey(name) ? Map.of(name, masks.get(name)) : Map.of());
  }

  private static String stem(String path) {
    return key(DatasetFolder.stem(path.substring(path.lastIndexOf('/') + 1)));
  }

  private String take(String path, Map<String, List<String>> found) {
    String stem = stem(path);
    List<String> all = found.values().stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return null;
    }
    List<String> twins = images.getOrDefault(stem, List.of());
    if (twins.size() > 1 || all.size() > 1) {
      if (named.add(stem)) {
        tree.problem(Problem.error(path, twins.size() > 1 ? images(twins, all) : masks(all)));
      }
      return null;
    }
    found.keySet().forEach(masks::remove);
    return all.get(0);
  }

  private static String masks(List<String> all) {
    return "it is unclear which is its mask: "
        + String.join(" or ", all.stream().map(DatasetFolder::shown).toList())
        + "; remove or rename one";
  }

  private static String images(List<String> twins, List<String> masks) {
    return "it is unclear whose mask "
        + DatasetFolder.shown(masks.get(0))
        + " is: "
        + String.join(" or ", twins.stream().map(DatasetFolder::shown).toList())
        + " have one name; rename one";
  }

  /** Whether the image's mask was found unclear, which is noted already. */
  boolean isUnclear(String path) {
    return named.contains(stem(path));
  }

  /** Notes that an image is left out because its mask is missing, unless more was said already. */
  void missing(String path, String mask) {
    if (!isUnclear(path)) {
      tree.problem(Problem.error(path, mask + " is missing; left out"));
    }
  }

  /** Warns of masks that nobody has taken. */
  void warnOfRest(String message) {
    masks.forEach(
        (stem, paths) -> {
          boolean unclear = named.stream().anyMatch(name -> stem.startsWith(name)); // said already
          if (!unclear) {
            paths.forEach(path -> tree.problem(Problem.warning(path, message)));
          }
        });
  }
}
