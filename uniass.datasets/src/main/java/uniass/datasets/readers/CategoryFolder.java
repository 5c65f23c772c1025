package uniass.datasets.readers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
record CategoryFolder(Tree tree, String folder, String category, String good) {

  /** Adds the images of one folder as normal ones. */
  void normal(Listed listed, String folderName, Split split) {
    String at = Tree.join(folder, folderName);
    for (String name : tree.images(at)) {
      listed.add(Image.normal(Tree.join(at, name), category, split));
    }
  }

  /** Adds test images of which nothing is known. */
  void unknown(Listed listed, String folderName) {
    String at = Tree.join(folder, folderName);
    for (String name : tree.images(at)) {
      listed.add(
          new Image(
              Tree.join(at, name),
              category,
              Split.TEST,
              "",
              Label.UNKNOWN,
              PixelTruth.UNKNOWN,
              List.of()));
    }
  }

  /**
   * Adds test images: a folder of normal ones and one a kind of defect.
   *
   * @param test folder of the kinds
   * @param truth folder of the masks, by kinds too; if it is not there, nothing is known about
   *     pixels
   * @param suffixes what a mask's name may have after the image's, before the extension
   */
  void test(Listed listed, String test, String truth, String... suffixes) {
    boolean known = tree.hasFolder(Tree.join(folder, truth));
    for (String kind : tree.folders(Tree.join(folder, test))) {
      if (kind.equals(good)) {
        normal(listed, Tree.join(test, good), Split.TEST);
      } else if (!Tree.join(test, kind).equals(truth)) { // MVTec AD 2 keeps its masks in there
        String masks = Tree.join(truth, kind);
        defect(listed, kind, Tree.join(test, kind), masks, Split.TEST, known, suffixes);
      }
    }
    if (known) {
      for (String kind : tree.folders(Tree.join(folder, truth))) {
        if (!kind.equals(good) && !tree.hasFolder(Tree.join(folder, test, kind))) {
          tree.problem(
              Problem.warning(
                  Tree.join(folder, truth, kind), "masks of a defect without test images"));
        }
      }
    }
  }

  /**
   * Adds the images of one kind of defect with the masks of the same name.
   *
   * @param required whether an image without a mask is an error, rather than one whose pixels are
   *     unknown
   */
  void defect(
      Listed listed,
      String kind,
      String images,
      String masks,
      Split split,
      boolean required,
      String... suffixes) {
    String at = Tree.join(folder, images);
    String truth = Tree.join(folder, masks);
    Masks all = Masks.in(tree, truth);
    for (String name : tree.images(at)) {
      String path = Tree.join(at, name);
      List<String> own = all.take(Tree.stem(name), suffixes);
      if (own.isEmpty() && required) {
        tree.problem(
            Problem.error(
                path,
                "its mask "
                    + Tree.join(truth, Tree.stem(name) + suffixes[0] + ".png")
                    + " is missing"));
      }
      listed.add(
          new Image(
              path,
              category,
              split,
              kind,
              Label.ANOMALOUS,
              own.isEmpty() ? PixelTruth.UNKNOWN : PixelTruth.MASKS,
              own));
    }
    all.warnOfRest(tree);
  }

  /** The masks in one folder, until images have taken them. */
  private record Masks(Map<String, String> byStem) {

    static Masks in(Tree tree, String at) {
      Map<String, String> byStem = new TreeMap<>();
      for (String name : tree.images(at)) {
        byStem.put(Tree.stem(name), Tree.join(at, name));
      }
      return new Masks(byStem);
    }

    List<String> take(String stem, String... suffixes) {
      for (String suffix : suffixes) {
        String mask = byStem.remove(stem + suffix);
        if (mask != null) {
          return List.of(mask);
        }
      }
      return List.of();
    }

    void warnOfRest(Tree tree) {
      for (String mask : byStem.values()) {
        tree.problem(Problem.warning(mask, "a mask without an image"));
      }
    }
  }
}
