package uniass.datasets.pictures;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uniass.api.data.Label;
import uniass.api.data.Picture;
import uniass.api.data.Split;
import uniass.datasets.pictures.Findings.Kind;

/** Finds pictures that are learnt from and tested, by what the model sees of them. */
final class Duplicates {

  private Duplicates() {}

  /**
   * Compares hashes.
   *
   * @param hashes one a picture, 64 bits: among a hundred thousand pictures two different ones are
   *     taken for the same with a probability of 3e-10
   * @param known which hashes count
   */
  static void check(List<Picture> pictures, long[] hashes, BitSet known, Findings findings) {
    Set<Long> repeated = repeated(hashes, known);
    if (repeated.isEmpty()) {
      return;
    }
    Map<Long, String> learnt = new HashMap<>();
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      if (pictures.get(i).split() == Split.TRAIN && repeated.contains(hashes[i])) {
        learnt.putIfAbsent(hashes[i], pictures.get(i).path());
      }
    }
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      Picture picture = pictures.get(i);
      String twin = picture.split() == Split.TRAIN ? null : learnt.get(hashes[i]);
      if (twin != null && picture.label() == Label.ANOMALOUS) {
        findings.add(
            Kind.DEFECT_IN_TRAINING,
            i,
            picture.path(),
            "the anomalous picture is also among those to learn from, as "
                + twin
                + "; remove it there");
      } else if (twin != null) {
        findings.add(
            Kind.DUPLICATE, i, picture.path(), "the same picture is learnt from, as " + twin);
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
