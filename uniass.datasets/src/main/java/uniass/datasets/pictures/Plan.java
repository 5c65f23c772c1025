package uniass.datasets.pictures;

import java.util.List;
import uniass.api.data.Picture;

/**
 * What a feed delivers.
 *
 * @param pictures the data set's, in the caller's order
 * @param order indices into them, in the feed's order
 * @param augmenting how the picture at a position of the order is changed
 */
record Plan(List<Picture> pictures, int[] order, Augmenting augmenting) {

  /** Chooses what happens to a picture. */
  @FunctionalInterface
  interface Augmenting {
    /** The change for a position in the order, or null for none. */
    Augmenter at(int position, Picture picture);
  }

  int size() {
    return order.length;
  }

  Picture picture(int position) {
    return pictures.get(order[position]);
  }
}
