/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Links from one file of the tree to another. */
final class Links {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private Links() {}

  /** Those of a page that lead to no file or no heading. */
  static List<String> dead(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .filter(link -> !link.group(1).contains(":") && !leads(page, link))
        .map(link -> page.getFileName() + ": " + link.group())
        .toList();
  }

  private static boolean leads(Path page, MatchResult link) {
    Path file = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    try {
      return link.group(2) == null || anchors(file).contains(link.group(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A heading's anchor, as GitHub makes it. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(
            heading ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w\\- ]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
