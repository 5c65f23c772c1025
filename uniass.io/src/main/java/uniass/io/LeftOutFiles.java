/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uniass.api.Problem;
import uniass.api.data.Images;

/**
 * Counts, by their endings, the files that lie among images and are not read. Hidden files, and
 * endings of lists and documents, are no surprise and not counted.
 */
public final class LeftOutFiles {

  private static final Set<String> DOCUMENTS =
      Set.of(
          "txt", "md", "csv", "tsv", "json", "jsonl", "xml", "yaml", "yml", "html", "pdf", "doc",
          "docx", "xlsx", "ini", "db", "log", "py", "sh", "mat", "npy", "zip", "tar", "gz");

  private static final int NAMED = 3;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final TreeSet<String> first = new TreeSet<>();

  /**
   * Counts a file if it is neither an image nor expected beside images.
   *
   * @param path its name, with its folder as far as a reader needs it
   */
  public void add(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    if (dot > 0 && !Images.isImage(name) && !Images.isHidden(name) && !DOCUMENTS.contains(ending)) {
      counts.merge("." + ending, 1, Integer::sum);
      first.add(path);
      if (first.size() > NAMED) {
        first.pollLast();
      }
    }
  }

  /** One line about them, or nothing. */
  public Optional<String> note() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return all == 0
        ? Optional.empty()
        : Optional.of(
            all
                + (all == 1 ? " file is" : " files are")
                + " left out by ending: "
                + counts.entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey())
                    .collect(Collectors.joining(", "))
                + " ("
                + first.stream().map(Problem::shown).collect(Collectors.joining(", "))
                + (all > first.size() ? ", ..." : "")
                + "); these are read: "
                + Images.ENDINGS.stream().sorted().collect(Collectors.joining(", ")));
  }
}
