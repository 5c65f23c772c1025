/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.util.List;
import uniass.api.Problem;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;

/**
 * What a list says about one image.
 *
 * @param path of the image, below the root
 * @param category its category
 * @param split part of the data set
 * @param label what is known about it
 * @param defect kind of defect, empty if the list names none
 * @param masks that were found, below the root
 * @param otherwise what is known about the pixels of an image that is not normal, without a mask
 * @param place where it stands, such as {@code train.json line 3}
 */
record ListEntry(
    String path,
    String category,
    Split split,
    Label label,
    String defect,
    List<String> masks,
    PixelTruth otherwise,
    String place) {

  private static final String SOME_DEFECT = "defective";

  ListEntry {
    category = DatasetFolder.shown(category).intern();
    defect = DatasetFolder.shown(defect).intern();
  }

  /** Adds the image; a training image that is not normal is left out, which is noted. */
  void addTo(DatasetBuilder listed) {
    if (label == Label.NORMAL) {
      listed.add(Image.normal(path, category, split));
    } else if (split == Split.TRAIN) {
      listed.problem(Problem.warning(place, "a training image that is not normal; left out"));
    } else {
      String kind = defect.isEmpty() ? SOME_DEFECT : defect;
      listed.add(
          new Image(
              path,
              category,
              split,
              label == Label.UNKNOWN ? "" : kind,
              label,
              masks.isEmpty() ? otherwise : PixelTruth.MASKS,
              masks));
    }
  }
}
