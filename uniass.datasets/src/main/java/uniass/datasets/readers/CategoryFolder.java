package uniass.datasets.readers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.Problem;
import uniass.api.data.Label;
import uniass.api.data.Picture;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;

/**
 * One category in a layout like MVTec AD's: folders of pictures by split and kind of defect, and
 * folders of masks beside them.
 *
 * @param tree where it is
 * @param folder the category's folder
 * @param category its name
 * @param good what the folder of normal pictures is called
 */
record CategoryFolder(Tree tree, String folder, String category, String good) {

  /** Adds the pictures of one folder as normal ones. */
  void normal(Listed listed, String folderName, Split split) {
    String at = Tree.join(folder, folderName);
    for (String name : tree.pictures(at)) {
      listed.add(Picture.normal(Tree.join(at, name), category, split));
    }
  }

  /**
   * Adds test pictures: a folder of normal ones and one a kind of defect.
   *
   * @param test folder of the kinds
   * @param truth folder of the masks, by kinds too; if it is not there, nothing is known about
   *     pixels
   * @param suffixes what a mask's name may have after the picture's, before the extension
   */
  void test(Listed listed, String test, String truth, String... suffixes) {
    for (String kind : tree.folders(Tree.join(folder, test))) {
      if (kind.equals(good)) {
        normal(listed, Tree.join(test, good), Split.TEST);
      } else if (!Tree.join(test, kind).equals(truth)) {
        defect(listed, kind, Tree.join(test, kind), Tree.join(truth, kind), Split.TEST, suffixes);
      }
    }
    if (tree.hasFolder(Tree.join(folder, truth))) {
      for (String kind : tree.folders(Tree.join(folder, truth))) {
        if (!kind.equals(good) && !tree.hasFolder(Tree.join(folder, test, kind))) {
          tree.problem(
              Problem.warning(
                  Tree.join(folder, truth, kind), "masks of a defect without test pictures"));
        }
      }
    }
  }

  /** Adds the pictures of one kind of defect with the masks of the same name. */
  void defect(
      Listed listed, String kind, String pictures, String masks, Split split, String... suffixes) {
    String at = Tree.join(folder, pictures);
    String truth = Tree.join(folder, masks);
    boolean known = tree.hasFolder(truth.substring(0, Math.max(0, truth.lastIndexOf('/'))));
    Masks all = Masks.in(tree, truth);
    for (String name : tree.pictures(at)) {
      String path = Tree.join(at, name);
      List<String> own = all.take(Tree.stem(name), suffixes);
      if (own.isEmpty() && known) {
        tree.problem(
            Problem.error(
                path,
                "its mask "
                    + Tree.join(truth, Tree.stem(name) + suffixes[0] + ".png")
                    + " is missing"));
      }
      listed.add(
          new Picture(
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

  /** The masks in one folder, until pictures have taken them. */
  private record Masks(Map<String, String> byStem) {

    static Masks in(Tree tree, String at) {
      Map<String, String> byStem = new TreeMap<>();
      for (String name : tree.pictures(at)) {
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
        tree.problem(Problem.warning(mask, "a mask without a picture"));
      }
    }
  }
}
