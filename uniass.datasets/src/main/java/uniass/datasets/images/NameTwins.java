/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uniass.api.data.Image;
import uniass.datasets.images.Findings.Kind;
import uniass.io.FileNames;

/**
 * Finds names that are listed twice, or differ only by case or Unicode form, which some file
 * systems take for one.
 */
final class NameTwins {

  private NameTwins() {}

  static void check(List<Image> images, Findings findings) {
    long[] hashes = new long[images.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = hash(images.get(i).path());
    }
    Arrays.sort(hashes);
    Set<Long> repeated = new HashSet<>();
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        repeated.add(hashes[i]);
      }
    }
    Map<String, String> first = new HashMap<>();
    for (int i = 0; i < hashes.length && !repeated.isEmpty(); i++) {
      String path = images.get(i).path();
      String twin = repeated.contains(hash(path)) ? first.putIfAbsent(folded(path), path) : null;
      if (path.equals(twin)) {
        findings.add(Kind.LISTED_TWICE, i, path, "the image is listed twice");
      } else if (twin != null) {
        findings.add(
            Kind.CASE,
            i,
            path,
            "differs only by case or Unicode form from "
                + twin
                + "; some file systems keep one of them");
      }
    }
  }

  private static String folded(String path) {
    return FileNames.composed(path).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static long hash(String path) {
    long hash = 0xCBF29CE484222325L;
    String folded = folded(path);
    for (int i = 0; i < folded.length(); i++) {
      hash = (hash ^ folded.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }
}
