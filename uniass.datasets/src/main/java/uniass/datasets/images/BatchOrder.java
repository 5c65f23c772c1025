/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.List;
import uniass.api.data.Image;

/**
 * What a data loader delivers, and in which order.
 *
 * @param images the data set's, in the caller's order
 * @param order indices into them, in the order of delivery
 * @param augmenting how the image at a position of the order is changed
 */
record BatchOrder(List<Image> images, int[] order, Augmenting augmenting) {

  /** Chooses what happens to an image. */
  @FunctionalInterface
  interface Augmenting {
    /** The change for a position in the order, or null for none. */
    Augmenter at(int position, Image image);
  }

  int size() {
    return order.length;
  }

  Image image(int position) {
    return images.get(order[position]);
  }
}
