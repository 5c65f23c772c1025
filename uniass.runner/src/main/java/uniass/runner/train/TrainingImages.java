/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Split;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.TrainSpec;
import uniass.inference.experiment.TrainSpec.Select;
import uniass.inference.pipeline.DatasetImages;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.queue.Services;
import uniass.tensor.Seeds;

/**
 * Which image serves what.
 *
 * @param categories that are trained
 * @param train images, or tiles of them, to learn from
 * @param heldOut normal images, or tiles of them, that are not learned from, to choose the state;
 *     may be empty
 * @param calibration normal images to find thresholds
 * @param test images with known labels
 * @param notes what the reader noticed, in a few lines
 */
record TrainingImages(
    List<String> categories,
    List<Image> train,
    List<Image> heldOut,
    CalibrationImages calibration,
    List<Image> test,
    List<String> notes) {

  /** So many of the reader's problems are shown. */
  private static final int SHOWN = 3;

  /** Fewer images than this in a category are all needed for training. */
  private static final int ENOUGH_TO_HOLD_OUT = 20;

  /**
   * Normal images to find thresholds.
   *
   * @param unseen those that are not trained on
   * @param trained those that are
   * @param source what they are, in words
   */
  record CalibrationImages(List<Image> unseen, List<Image> trained, String source) {

    /** All of them. */
    List<Image> all() {
      return Stream.concat(unseen.stream(), trained.stream()).toList();
    }

    /**
     * Those whose scores count.
     *
     * @param memorizes whether the network keeps what it is fitted to
     * @param folds groups that such images may be dealt into
     */
    CalibrationImages judged(boolean memorizes, int folds) {
      CalibrationImages own = memorizes ? unmemorized() : this;
      return memorizes && own.inFolds(folds) ? own.ofFolds() : own;
    }

    /** Whether folds of the trained ones can be made. */
    boolean inFolds(int folds) {
      return folds > 1 && trained.size() > 1;
    }

    /** The same, once each fold of the trained ones was scored by a network that left it out. */
    CalibrationImages ofFolds() {
      String left =
          trained.size() + " normal images, each scored by a network that was fitted without it";
      return new CalibrationImages(
          all(),
          List.of(),
          unseen.isEmpty() ? left : unseen.size() + " held-out normal images and " + left);
    }

    /**
     * Those for a network that keeps what it was fitted to, so that such images score too low to
     * say anything: only categories of which no image was held out use them.
     */
    CalibrationImages unmemorized() {
      Set<String> heldOut = unseen.stream().map(Image::category).collect(Collectors.toSet());
      List<Image> needed =
          trained.stream().filter(image -> !heldOut.contains(image.category())).toList();
      if (unseen.isEmpty() || trained.isEmpty()) {
        return this;
      }
      String images = unseen.size() + " held-out normal images";
      return new CalibrationImages(
          unseen,
          needed,
          needed.isEmpty() ? images : images + " and " + needed.size() + " that it was fitted to");
    }
  }

  /** The same, calibrated with others. */
  TrainingImages calibratedBy(CalibrationImages others) {
    return new TrainingImages(categories, train, heldOut, others, test, notes);
  }

  /**
   * The trained images that are calibrated with in groups, each with all others to be fitted to.
   *
   * @param all that the network is fitted to, not cut into tiles
   * @param count how many groups; of a category with fewer images, some have none
   */
  List<TrainingImages> folds(List<Image> all, int count, long seed) {
    List<List<Image>> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(new ArrayList<>());
    }
    Map<String, List<Image>> byCategory =
        calibration.trained().stream()
            .collect(Collectors.groupingBy(Image::category, TreeMap::new, Collectors.toList()));
    int next = 0;
    for (Map.Entry<String, List<Image>> category : byCategory.entrySet()) {
      for (Image image : shuffled(category.getKey(), category.getValue(), seed)) {
        groups.get(next++ % count).add(image);
      }
    }
    return groups.stream()
        .filter(group -> !group.isEmpty())
        .map(group -> without(all, group))
        .toList();
  }

  private TrainingImages without(List<Image> all, List<Image> group) {
    Set<Image> left = new HashSet<>(group);
    List<Image> others = all.stream().filter(image -> !left.contains(image)).toList();
    return new TrainingImages(
        categories,
        others,
        List.of(),
        new CalibrationImages(group, List.of(), calibration.source()),
        List.of(),
        notes);
  }

  /** Reads what an experiment trains on, cut into tiles if it does so. */
  static TrainingImages read(Services services, ExperimentSpec spec, PartsInUse parts) {
    return of(DatasetLoader.read(spec.dataset(), parts), spec.train(), spec.calibrate().heldOut())
        .cut(services.images(spec));
  }

  static TrainingImages of(Dataset dataset, TrainSpec spec, double calibrationShare) {
    List<String> categories = dataset.categories();
    Map<String, List<Image>> byCategory =
        dataset.images(Split.TRAIN).stream()
            .filter(p -> p.label() != Label.ANOMALOUS)
            .collect(
                Collectors.groupingBy(
                    Image::category, TreeMap::new, Collectors.toCollection(ArrayList::new)));
    for (String category : categories) {
      if (!byCategory.containsKey(category)) {
        throw new UniassException(
            "category '"
                + category
                + "' has no training images; add some, or leave it out of dataset.categories");
      }
    }
    List<Image> validation =
        dataset.images(Split.VALIDATION).stream().filter(p -> p.label() == Label.NORMAL).toList();
    List<Image> heldOut = List.of();
    List<Image> unseen = List.of();
    if (spec.select() == Select.NORMAL_SPLIT) {
      heldOut = validation.isEmpty() ? holdOut(byCategory, spec) : validation;
      unseen = heldOut;
    } else if (validation.isEmpty()) {
      unseen = holdOutForCalibration(byCategory, calibrationShare, spec.seed());
    } else {
      unseen = validation;
    }
    List<Image> train = byCategory.values().stream().flatMap(List::stream).toList();
    List<Image> test =
        dataset.images(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    if (!validation.isEmpty()) {
      return new TrainingImages(
          categories,
          train,
          heldOut,
          new CalibrationImages(validation, List.of(), "the data set's validation images"),
          test,
          notes(dataset.problems()));
    }
    String source =
        unseen.isEmpty()
            ? "the training images (the real false-alarm rate will be higher)"
            : unseen.size() + " held-out and " + train.size() + " trained normal images";
    return new TrainingImages(
        categories,
        train,
        heldOut,
        new CalibrationImages(unseen, train, source),
        test,
        notes(dataset.problems()));
  }

  private static List<String> notes(List<Problem> problems) {
    List<String> notes =
        new ArrayList<>(problems.stream().limit(SHOWN).map(Problem::toString).toList());
    if (problems.size() > SHOWN) {
      notes.add((problems.size() - SHOWN) + " more like these; 'check' shows all");
    }
    return notes;
  }

  /** The same, with what is learned from and held out cut into tiles if the experiment does so. */
  TrainingImages cut(DatasetImages images) {
    List<Image> parts = images.parts(train);
    if (parts.isEmpty()) {
      throw new UniassException("none of the training images can be read");
    }
    return new TrainingImages(categories, parts, images.parts(heldOut), calibration, test, notes);
  }

  /** Takes a share of the images of each category that has enough out, chosen by the seed. */
  private static List<Image> holdOutForCalibration(
      Map<String, List<Image>> byCategory, double share, long seed) {
    List<Image> out = new ArrayList<>();
    byCategory.forEach(
        (category, images) -> {
          if (images.size() >= ENOUGH_TO_HOLD_OUT) {
            out.addAll(take(category, images, (int) Math.round(images.size() * share), seed));
          }
        });
    return List.copyOf(out);
  }

  /** Removes so many images, chosen by the seed, and returns them. */
  private static List<Image> take(String category, List<Image> images, int count, long seed) {
    List<Image> taken = shuffled(category, images, seed).subList(0, count);
    images.removeAll(taken);
    return taken;
  }

  private static List<Image> shuffled(String category, List<Image> images, long seed) {
    List<Image> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(Seeds.of(seed, category.hashCode())));
    return shuffled;
  }

  /** Takes a share of each category's images out, chosen by the seed. */
  private static List<Image> holdOut(Map<String, List<Image>> byCategory, TrainSpec spec) {
    List<Image> out = new ArrayList<>();
    byCategory.forEach(
        (category, images) -> {
          int count =
              Math.min(
                  images.size() - 1, Math.max(1, (int) Math.round(images.size() * spec.heldOut())));
          if (count < 1) {
            throw new UniassException(
                "category '"
                    + category
                    + "' has one training image, so none can be held out; use select: last");
          }
          out.addAll(take(category, images, count, spec.seed()));
        });
    return List.copyOf(out);
  }
}
