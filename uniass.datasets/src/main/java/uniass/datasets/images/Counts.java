package uniass.datasets.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.Problem;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;

/** Finds categories that are too small for what is asked of them, and categories that are one. */
final class Counts {

  private static final int FEW = 10;

  private int train;
  private int test;
  private int anomalous;
  private int unmasked;

  private Counts() {}

  static List<Problem> check(List<Image> images) {
    Map<String, Counts> all = new TreeMap<>();
    for (Image image : images) {
      all.computeIfAbsent(image.category(), c -> new Counts()).add(image);
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
      }
    }
  }

  private void check(String category, List<Problem> problems) {
    String which = "category '" + category + "': ";
    if (train == 0) {
      problems.add(Problem.error("", which + "no images to learn from"));
    } else if (train < FEW) {
      problems.add(
          Problem.warning(
              "",
              which
                  + "only "
                  + train
                  + (train == 1 ? " image" : " images")
                  + " to learn from; take dozens"));
    }
    if (test == 0) {
      problems.add(Problem.warning("", which + "no test images; it can be trained, not judged"));
    } else if (anomalous == 0) {
      problems.add(
          Problem.warning("", which + "no anomalous test images; its metrics are not defined"));
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
  }
}
