package uniass.datasets.pictures;

import uniass.api.data.Picture;
import uniass.datasets.cache.CacheKey;

/** Pictures and masks as the model will see them; what is made on the way is cached for it. */
interface Sight {

  /**
   * A picture.
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

  Seen picture(Picture picture);

  SeenMask mask(String name);

  /** The size at which masks count: {@code " at 224 x 224"}; empty for their own. */
  String size();
}
