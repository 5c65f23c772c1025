/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  private final Map<String, Integer> counts = new TreeMap<>();

  /** Counts a file if it is neither an image nor expected beside images. */
  public void add(String name) {
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    if (dot > 0 && !Images.isImage(name) && !Images.isHidden(name) && !DOCUMENTS.contains(ending)) {
      counts.merge("." + ending, 1, Integer::sum);
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
                + "; these are read: "
                + Images.ENDINGS.stream().sorted().collect(Collectors.joining(", ")));
  }
}
