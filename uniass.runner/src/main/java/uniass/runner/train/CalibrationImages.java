/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uniass.api.data.Image;

/**
 * Normal images to find thresholds.
 *
 * @param unseen those that are not trained on
 * @param trained those that are
 * @param source what they are, in words
 */
record CalibrationImages(List<Image> unseen, List<Image> trained, String source) {

  /** Some that are not trained on, if there are such, and those that are. */
  static CalibrationImages of(List<Image> unseen, List<Image> trained) {
    String source =
        unseen.isEmpty()
            ? "the training images (the real false-alarm rate will be higher)"
            : unseen.size() + " held-out and " + trained.size() + " trained normal images";
    return new CalibrationImages(unseen, trained, source);
  }

  /** All of them. */
  List<Image> all() {
    return Stream.concat(unseen.stream(), trained.stream()).toList();
  }

  /**
   * Those that a map filter is fitted to: every second of the unseen ones of each category. The
   * first stays, so that no category loses its only one.
   */
  List<Image> ofMapFilter() {
    Map<String, Integer> seen = new HashMap<>();
    List<Image> chosen = new ArrayList<>();
    for (Image image : unseen) {
      if (seen.merge(image.category(), 1, Integer::sum) % 2 == 0) {
        chosen.add(image);
      }
    }
    return chosen;
  }

  /** The others: maps that a filter was fitted to are flatter than those of new images. */
  CalibrationImages besidesMapFilter() {
    Set<Image> fitted = new HashSet<>(ofMapFilter());
    List<Image> others = unseen.stream().filter(image -> !fitted.contains(image)).toList();
    return trained.isEmpty()
        ? new CalibrationImages(others, trained, others.size() + " of " + source)
        : of(others, trained);
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
   * Those for a network that keeps what it was fitted to, so that such images score too low to say
   * anything: only categories of which no image was held out use them.
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
