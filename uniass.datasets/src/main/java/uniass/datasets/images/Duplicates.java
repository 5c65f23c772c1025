/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Split;
import uniass.datasets.images.Findings.Kind;

/** Finds test images that are also training images, by what the model sees of them. */
final class Duplicates {

  private Duplicates() {}

  /**
   * Compares hashes.
   *
   * @param hashes one per image, 64 bits: among a hundred thousand images two different ones are
   *     taken for the same with a probability of 3e-10
   * @param known which hashes count
   */
  static void check(List<Image> images, long[] hashes, BitSet known, Findings findings) {
    Set<Long> repeated = repeated(hashes, known);
    if (repeated.isEmpty()) {
      return;
    }
    Map<Long, String> learned = new HashMap<>();
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      if (images.get(i).split() == Split.TRAIN && repeated.contains(hashes[i])) {
        learned.putIfAbsent(hashes[i], images.get(i).path());
      }
    }
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      Image image = images.get(i);
      String twin = image.split() == Split.TRAIN ? null : learned.get(hashes[i]);
      if (twin != null && image.label() == Label.ANOMALOUS) {
        findings.add(
            Kind.DEFECT_IN_TRAINING,
            i,
            image.path(),
            "the anomalous image is also a training image, " + twin + "; remove it there");
      } else if (twin != null) {
        findings.add(Kind.DUPLICATE, i, image.path(), "duplicate of training image " + twin);
      }
    }
  }

  private static Set<Long> repeated(long[] hashes, BitSet known) {
    long[] sorted = known.stream().mapToLong(i -> hashes[i]).toArray();
    Arrays.sort(sorted);
    Set<Long> repeated = new HashSet<>();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        repeated.add(sorted[i]);
      }
    }
    return repeated;
  }
}
