/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.util.List;
import uniass.api.Problem;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;

/**
 * One category in a layout like MVTec AD's: folders of images by split and kind of defect, and
 * folders of masks beside them.
 *
 * @param tree where it is
 * @param folder the category's folder
 * @param category its name
 * @param good what the folder of normal images is called
 */
record CategoryFolder(DatasetFolder tree, String folder, String category, String good) {

  /** Adds the images of one folder as normal ones. */
  void normal(DatasetBuilder listed, String folderName, Split split) {
    String at = DatasetFolder.join(folder, folderName);
    for (String name : tree.images(at)) {
      listed.add(Image.normal(DatasetFolder.join(at, name), category, split));
    }
  }

  /** Adds test images of which nothing is known. */
  void unknown(DatasetBuilder listed, String folderName) {
    String at = DatasetFolder.join(folder, folderName);
    for (String name : tree.images(at)) {
      listed.add(
          new Image(
              DatasetFolder.join(at, name),
              category,
              Split.TEST,
              "",
              Label.UNKNOWN,
              PixelTruth.UNKNOWN,
              List.of()));
    }
  }

  /**
   * Adds test images: a folder of normal ones and one per kind of defect.
   *
   * @param test folder of the kinds
   * @param truth folder of the masks, by kinds too; if it is missing, nothing is known about pixels
   * @param suffixes what a mask's name may have after the image's, before the extension
   */
  void test(DatasetBuilder listed, String test, String truth, String... suffixes) {
    boolean known = tree.hasFolder(DatasetFolder.join(folder, truth));
    for (String kind : tree.folders(DatasetFolder.join(folder, test))) {
      if (kind.equals(good)) {
        normal(listed, DatasetFolder.join(test, good), Split.TEST);
      } else if (!DatasetFolder.join(test, kind)
          .equals(truth)) { // MVTec AD 2 keeps its masks in there
        String images = DatasetFolder.join(test, kind);
        String spelled = tree.spelled(DatasetFolder.join(folder, truth), kind);
        String masks = DatasetFolder.join(truth, spelled);
        defect(listed, new Defect(kind, images, masks, Split.TEST, known), suffixes);
      }
    }
    if (known) {
      for (String kind : tree.folders(DatasetFolder.join(folder, truth))) {
        String images = DatasetFolder.join(folder, test);
        String spelled = DatasetFolder.join(images, tree.spelled(images, kind));
        if (!kind.equals(good) && !tree.hasFolder(spelled)) {
          tree.problem(
              Problem.warning(
                  DatasetFolder.join(folder, truth, kind),
                  "masks of a defect without test images"));
        }
      }
    }
  }

  /**
   * A kind of defect.
   *
   * @param kind its name
   * @param images folder of its images, below the category's
   * @param masks folder of their masks
   * @param split part of the data set
   * @param required whether an image without a mask is an error, rather than one whose pixels are
   *     unknown
   */
  record Defect(String kind, String images, String masks, Split split, boolean required) {}

  /** Adds the images of one kind of defect with the masks of the same name. */
  void defect(DatasetBuilder listed, Defect defect, String... suffixes) {
    String at = DatasetFolder.join(folder, defect.images);
    String truth = DatasetFolder.join(folder, defect.masks);
    StemMatch match = StemMatch.of(tree, at, truth);
    for (String name : tree.images(at)) {
      String path = DatasetFolder.join(at, name);
      String mask = match.take(path, suffixes);
      if (mask == null && defect.required && !match.isUnclear(path)) {
        tree.problem(
            Problem.error(
                path,
                "its mask "
                    + DatasetFolder.join(truth, DatasetFolder.stem(name) + suffixes[0] + ".png")
                    + " is missing"));
      }
      listed.add(
          new Image(
              path,
              category,
              defect.split,
              defect.kind,
              Label.ANOMALOUS,
              mask == null ? PixelTruth.UNKNOWN : PixelTruth.MASKS,
              mask == null ? List.of() : List.of(mask)));
    }
    match.warnOfRest("a mask without an image");
  }
}
