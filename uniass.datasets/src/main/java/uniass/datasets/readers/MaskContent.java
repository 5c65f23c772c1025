/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.datasets.pixels.ImageDecoder;

/** Looks into masks, for data sets in which only they say which images are good. */
final class MaskContent {

  private final ImageDecoder decoder = new ImageDecoder();
  private final DatasetFolder tree;

  MaskContent(DatasetFolder tree) {
    this.tree = tree;
  }

  /** Whether a mask is not all black; an unreadable one is noted and counts as marked. */
  boolean isMarked(String mask) {
    ImageFormat format = ImageFormat.of(1, 1);
    try {
      byte[] bytes = decoder.read(tree.root().resolve(mask), mask, format.maximumPixels());
      for (byte value : decoder.mask(bytes, mask, format).values()) {
        if (value != 0) {
          return true;
        }
      }
      return false;
    } catch (UniassException e) {
      tree.problem(Problem.error(mask, e.getMessage().substring(mask.length() + 2)));
      return true;
    }
  }
}
