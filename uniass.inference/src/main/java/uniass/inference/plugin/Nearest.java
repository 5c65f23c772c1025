/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody meant who misspelled a word. */
public final class Nearest {

  private Nearest() {}

  /** Returns the candidate with the fewest edits, if that is few for the word's length. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    int limit = Math.max(2, word.length() / 3);
    return candidates.stream()
        .filter(c -> edits(word, c) <= limit || isPart(word, c))
        .min(
            Comparator.comparing((String c) -> !isPart(word, c))
                .thenComparingInt(c -> edits(word, c))
                .thenComparing(c -> c));
  }

  /** A word that was cut off, or is a part between dashes, is no other word's misspelling. */
  private static boolean isPart(String word, String candidate) {
    return isBeginning(word, candidate)
        || candidate.contains("-") && List.of(candidate.split("-")).contains(word);
  }

  private static boolean isBeginning(String word, String candidate) {
    return word.length() > 2 && candidate.regionMatches(true, 0, word, 0, word.length());
  }

  /** Returns {@code (did you mean 'x'?)} after a space, or nothing. */
  public static String hint(String word, Collection<String> candidates) {
    return to(word, candidates).map(c -> " (did you mean '" + c + "'?)").orElse("");
  }

  /** Levenshtein's distance, without regard to case. */
  static int edits(String a, String b) {
    String from = a.toLowerCase(java.util.Locale.ROOT);
    String to = b.toLowerCase(java.util.Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
