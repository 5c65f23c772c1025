/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.Problem;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;

/** Finds categories that are too small for training or evaluation, and categories that are one. */
final class CategoryCounts {

  private static final int FEW = 10;

  private int train;
  private int test;
  private int anomalous;
  private int unmasked;
  private int allOver;

  private CategoryCounts() {}

  static List<Problem> check(List<Image> images) {
    Map<String, CategoryCounts> all = new TreeMap<>();
    for (Image image : images) {
      all.computeIfAbsent(image.category(), c -> new CategoryCounts()).add(image);
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.forEach(
        (category, counts) -> {
          counts.check(category, problems);
          String twin = folded.putIfAbsent(category, category);
          if (twin != null) {
            problems.add(
                Problem.warning(
                    "",
                    "the categories '" + twin + "' and '" + category + "' differ only by case"));
          }
        });
    return problems;
  }

  private void add(Image image) {
    if (image.split() == Split.TRAIN) {
      train++;
    } else if (image.split() == Split.TEST) {
      test++;
      if (image.label() == Label.ANOMALOUS) {
        anomalous++;
        unmasked += image.truth() == PixelTruth.UNKNOWN ? 1 : 0;
        allOver += image.truth() == PixelTruth.ALL_ANOMALOUS ? 1 : 0;
      }
    }
  }

  private void check(String category, List<Problem> problems) {
    String which = "category '" + category + "': ";
    if (train == 0) {
      problems.add(Problem.error("", which + "no training images"));
    } else if (train < FEW) {
      problems.add(
          Problem.warning(
              "",
              which
                  + "only "
                  + train
                  + (train == 1 ? " training image" : " training images")
                  + "; use at least a few dozen"));
    }
    if (test == 0) {
      problems.add(
          Problem.warning("", which + "no test images: training works, evaluation does not"));
    } else if (anomalous == 0) {
      problems.add(
          Problem.warning("", which + "no anomalous test images; its metrics are undefined"));
    } else if (unmasked > 0) {
      problems.add(
          Problem.warning(
              "",
              which
                  + unmasked
                  + " of "
                  + anomalous
                  + " anomalous test images have no mask and take no part in pixel metrics"));
    }
    allOver(which, allOver, anomalous).ifPresent(problems::add);
  }

  /** Says how many images are anomalous all over because their list names no mask. */
  static Optional<Problem> allOver(String which, long count, long anomalous) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                "",
                which
                    + count
                    + " of "
                    + anomalous
                    + " anomalous test images have no mask and count as anomalous all over, as"
                    + " UniAS and UniAD have it"));
  }
}
