/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.file.Path;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.images.MaskLoader.Extent;
import uniass.datasets.pixels.Decoded;
import uniass.datasets.pixels.Traits;

/** Images and masks as the model will see them; what is made on the way is cached for it. */
interface ModelView {

  /**
   * An image.
   *
   * @param content hash of its pixels
   * @param height the file's height, upright
   * @param width the file's width, upright
   * @param traits what the file shows beside its pixels
   * @param range of the values
   * @param look the image in a few pixels, see {@link Looks}; empty if it is cut into tiles
   */
  record SeenImage(
      CacheKey content, int height, int width, Traits traits, ValueRange range, byte[] look) {

    Extent extent() {
      return new Extent(height, width, traits.orientation());
    }
  }

  /**
   * A mask.
   *
   * @param values that decide which pixels are anomalous, row-major
   * @param columns of the values
   * @param height the file's height, upright
   * @param width the file's width, upright
   * @param traits what the file shows beside its pixels
   */
  record SeenMask(byte[] values, int columns, int height, int width, Traits traits) {

    Extent extent() {
      return new Extent(height, width, traits.orientation());
    }
  }

  SeenImage image(Image image);

  SeenMask mask(String name);

  /** The size at which masks count: {@code " at 224 x 224"}; empty for their own. */
  String size();

  /** A mask in its own size. */
  static SeenMask ownSize(Loader loader, Path root, String name, ImageFormat format) {
    Decoded mask = loader.ownGray(root, name, format);
    return new SeenMask(mask.values(), mask.width(), mask.height(), mask.width(), mask.traits());
  }
}
