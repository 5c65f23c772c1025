package uniass.datasets.images;

import uniass.api.data.Image;
import uniass.datasets.cache.CacheKey;

/** Images and masks as the model will see them; what is made on the way is cached for it. */
interface Sight {

  /**
   * An image.
   *
   * @param content hash of its pixels
   * @param height the file's height, upright
   * @param width the file's width, upright
   */
  record Seen(CacheKey content, int height, int width) {}

  /**
   * A mask.
   *
   * @param values that decide which pixels are anomalous
   * @param height the file's height, upright
   * @param width the file's width, upright
   */
  record SeenMask(byte[] values, int height, int width) {}

  Seen image(Image image);

  SeenMask mask(String name);

  /** The size at which masks count: {@code " at 224 x 224"}; empty for their own. */
  String size();
}
