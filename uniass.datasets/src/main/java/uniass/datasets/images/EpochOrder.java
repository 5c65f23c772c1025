/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import uniass.api.data.Image;

/** The order of an epoch's images: every one once, or smaller categories repeated. */
final class EpochOrder {

  private static final long SHUFFLING = -1;

  private EpochOrder() {}

  /** Indices into {@code images}, from the seed and the epoch alone. */
  static int[] of(List<Image> images, long seed, int epoch, boolean balanced) {
    Random random = ImageSeeds.at(seed, epoch, SHUFFLING);
    int[] order = balanced ? balanced(images, random) : identity(images.size());
    ImageSeeds.shuffle(order, random);
    return order;
  }

  private static int[] identity(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** As many of each category as the largest has: whole rounds, then some drawn at random. */
  private static int[] balanced(List<Image> images, Random random) {
    Map<String, List<Integer>> byCategory = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      byCategory.computeIfAbsent(images.get(i).category(), c -> new ArrayList<>()).add(i);
    }
    int most = byCategory.values().stream().mapToInt(List::size).max().orElse(0);
    int[] order = new int[most * byCategory.size()];
    int o = 0;
    for (List<Integer> own : byCategory.values()) {
      int[] members = own.stream().mapToInt(Integer::intValue).toArray();
      for (int left = most; left > 0; left -= members.length) {
        if (left < members.length) {
          ImageSeeds.shuffle(members, random);
        }
        int n = Math.min(left, members.length);
        System.arraycopy(members, 0, order, o, n);
        o += n;
      }
    }
    return order;
  }
}
