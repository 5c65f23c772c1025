/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.util.ArrayList;
import java.util.List;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;

/** Gathers what a reader finds. */
final class DatasetBuilder {

  private final DatasetFolder tree;
  private final List<Image> images = new ArrayList<>();

  DatasetBuilder(DatasetFolder tree) {
    this.tree = tree;
  }

  void add(Image image) {
    images.add(image);
  }

  void problem(Problem problem) {
    tree.problem(problem);
  }

  boolean isEmpty() {
    return images.isEmpty();
  }

  /**
   * The data set.
   *
   * @param expected the layout in a few words, for the error if nothing was found
   */
  Dataset dataset(String expected) {
    if (images.isEmpty()) {
      String why = tree.problems().isEmpty() ? "" : " (" + tree.problems().get(0) + ")";
      throw new UniassException(
          "no images found below " + tree.root() + why + "; expected " + expected + other());
    }
    return new Dataset(tree.root(), images, tree.problems());
  }

  private String other() {
    return tree.images("").isEmpty()
        ? ""
        : "; images that lie in the folder itself are read with dataset.reader=folder";
  }
}
