/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.file.Path;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.pixels.Size;
import uniass.datasets.pixels.Traits;

/** Images tile by tile, and masks in their own size, in which maps of tiles are judged. */
record TiledView(Loader loader, Path root, ImageFormat format, Tiling tiling) implements ModelView {

  @Override
  public SeenImage image(Image image) {
    Size size = loader.size(root, image.path(), format.maximumPixels());
    CacheKey content = CacheKey.of("tiles");
    ValueRange range = ValueRange.none();
    Traits traits = Traits.PLAIN;
    for (Tile tile : tiling.tiles(size.height(), size.width())) {
      Loaded part = loader.image(root, image.withTile(tile), format);
      byte[] rgb = part.pixels().rgb();
      content = content.with(CacheKey.of(rgb).toString());
      range.add(rgb);
      traits = part.traits();
    }
    return new SeenImage(content, size.height(), size.width(), traits, range, new byte[0]);
  }

  @Override
  public SeenMask mask(String name) {
    return ModelView.ownSize(loader, root, name, format);
  }

  @Override
  public String size() {
    return "";
  }
}
