package uniass.runner.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Label;
import uniass.api.data.Picture;
import uniass.api.data.Split;
import uniass.inference.experiment.ExperimentSpec.Select;
import uniass.inference.experiment.ExperimentSpec.TrainSpec;
import uniass.inference.pipeline.PictureMaps;

/**
 * Which picture serves what.
 *
 * @param categories that are trained
 * @param train pictures, or tiles of them, to learn from
 * @param heldOut normal pictures, or tiles of them, that are not learned from, to choose the state;
 *     may be empty
 * @param calibration normal pictures to find thresholds
 * @param calibrationSource what those are, in words
 * @param test pictures with known labels
 */
record TrainingPictures(
    List<String> categories,
    List<Picture> train,
    List<Picture> heldOut,
    List<Picture> calibration,
    String calibrationSource,
    List<Picture> test) {

  static TrainingPictures of(Dataset dataset, TrainSpec spec) {
    List<String> categories = dataset.categories();
    Map<String, List<Picture>> byCategory =
        dataset.pictures(Split.TRAIN).stream()
            .filter(p -> p.label() != Label.ANOMALOUS)
            .collect(
                Collectors.groupingBy(
                    Picture::category, TreeMap::new, Collectors.toCollection(ArrayList::new)));
    for (String category : categories) {
      if (!byCategory.containsKey(category)) {
        throw new UniassException(
            "category '"
                + category
                + "' has no training pictures; add some, or leave it out of dataset.categories");
      }
    }
    List<Picture> validation =
        dataset.pictures(Split.VALIDATION).stream().filter(p -> p.label() == Label.NORMAL).toList();
    List<Picture> heldOut = List.of();
    if (spec.select() == Select.NORMAL_SPLIT) {
      heldOut = validation.isEmpty() ? holdOut(byCategory, spec) : validation;
    }
    List<Picture> train = byCategory.values().stream().flatMap(List::stream).toList();
    List<Picture> test =
        dataset.pictures(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    if (!validation.isEmpty()) {
      return new TrainingPictures(
          categories, train, heldOut, validation, "the data set's validation pictures", test);
    }
    return heldOut.isEmpty()
        ? new TrainingPictures(
            categories,
            train,
            heldOut,
            train,
            "the training pictures, so more false alarms than stated are to be expected",
            test)
        : new TrainingPictures(
            categories, train, heldOut, heldOut, "held-out training pictures", test);
  }

  /** The same, with what is learned from and held out cut into tiles if the experiment does so. */
  TrainingPictures cut(PictureMaps maps) {
    List<Picture> parts = maps.parts(train);
    if (parts.isEmpty()) {
      throw new UniassException("none of the training pictures can be read");
    }
    return new TrainingPictures(
        categories, parts, maps.parts(heldOut), calibration, calibrationSource, test);
  }

  /** Takes a share of each category's pictures out, chosen by the seed. */
  private static List<Picture> holdOut(Map<String, List<Picture>> byCategory, TrainSpec spec) {
    List<Picture> out = new ArrayList<>();
    byCategory.forEach(
        (category, pictures) -> {
          int count =
              Math.min(
                  pictures.size() - 1,
                  Math.max(1, (int) Math.round(pictures.size() * spec.heldOut())));
          if (count < 1) {
            throw new UniassException(
                "category '"
                    + category
                    + "' has one training picture, so none can be held out; use select: last");
          }
          List<Picture> shuffled = new ArrayList<>(pictures);
          Collections.shuffle(shuffled, new Random(Seeds.of(spec.seed(), category.hashCode())));
          List<Picture> taken = shuffled.subList(0, count);
          pictures.removeAll(taken);
          out.addAll(taken);
        });
    return List.copyOf(out);
  }
}
