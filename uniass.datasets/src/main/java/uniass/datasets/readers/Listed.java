package uniass.datasets.readers;

import java.util.ArrayList;
import java.util.List;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Picture;

/** Gathers what a reader finds. */
final class Listed {

  private final Tree tree;
  private final List<Picture> pictures = new ArrayList<>();

  Listed(Tree tree) {
    this.tree = tree;
  }

  void add(Picture picture) {
    pictures.add(picture);
  }

  void problem(Problem problem) {
    tree.problem(problem);
  }

  boolean isEmpty() {
    return pictures.isEmpty();
  }

  /**
   * The data set.
   *
   * @param expected the layout in a few words, for the error if nothing was found
   */
  Dataset dataset(String expected) {
    if (pictures.isEmpty()) {
      String why = tree.problems().isEmpty() ? "" : " (" + tree.problems().get(0) + ")";
      throw new UniassException(
          "no pictures found below " + tree.root() + why + "; expected " + expected);
    }
    return new Dataset(tree.root(), pictures, tree.problems());
  }
}
