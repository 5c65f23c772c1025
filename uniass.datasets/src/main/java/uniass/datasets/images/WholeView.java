/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.file.Path;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.datasets.cache.CacheKey;

/** Images and masks in the model's size. */
record WholeView(Loader loader, Path root, ImageFormat format) implements ModelView {

  @Override
  public SeenImage image(Image image) {
    Loaded loaded = loader.image(root, image, format);
    byte[] rgb = loaded.pixels().rgb();
    return new SeenImage(
        CacheKey.of(rgb),
        loaded.ownHeight(),
        loaded.ownWidth(),
        loaded.traits(),
        ValueRange.none().add(rgb),
        Looks.of(rgb, loaded.pixels().height(), loaded.pixels().width()));
  }

  @Override
  public SeenMask mask(String name) {
    Loaded loaded = loader.gray(root, name, null, format);
    return new SeenMask(
        loaded.pixels().rgb(),
        format.width(),
        loaded.ownHeight(),
        loaded.ownWidth(),
        loaded.traits());
  }

  @Override
  public String size() {
    return " at " + format.width() + " x " + format.height();
  }
}
