package uniass.datasets.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.Problem;
import uniass.api.data.Label;
import uniass.api.data.Picture;
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

  static List<Problem> check(List<Picture> pictures) {
    Map<String, Counts> all = new TreeMap<>();
    for (Picture picture : pictures) {
      all.computeIfAbsent(picture.category(), c -> new Counts()).add(picture);
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

  private void add(Picture picture) {
    if (picture.split() == Split.TRAIN) {
      train++;
    } else if (picture.split() == Split.TEST) {
      test++;
      if (picture.label() == Label.ANOMALOUS) {
        anomalous++;
        unmasked += picture.truth() == PixelTruth.UNKNOWN ? 1 : 0;
      }
    }
  }

  private void check(String category, List<Problem> problems) {
    String which = "category '" + category + "': ";
    if (train == 0) {
      problems.add(Problem.error("", which + "no pictures to learn from"));
    } else if (train < FEW) {
      problems.add(
          Problem.warning(
              "",
              which
                  + "only "
                  + train
                  + (train == 1 ? " picture" : " pictures")
                  + " to learn from; take dozens"));
    }
    if (test == 0) {
      problems.add(Problem.warning("", which + "no test pictures; it can be trained, not judged"));
    } else if (anomalous == 0) {
      problems.add(
          Problem.warning("", which + "no anomalous test pictures; its metrics are not defined"));
    } else if (unmasked > 0) {
      problems.add(
          Problem.warning(
              "",
              which
                  + unmasked
                  + " of "
                  + anomalous
                  + " anomalous test pictures have no mask and take no part in pixel metrics"));
    }
  }
}
