package uniass.datasets.images;

import java.nio.file.Path;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.pixels.Gray;
import uniass.datasets.pixels.Size;

/** Images tile by tile, and masks in their own size, in which maps of tiles are judged. */
record TiledSight(Loader loader, Path root, ImageFormat format, Tiling tiling) implements Sight {

  @Override
  public Seen image(Image image) {
    Size size = loader.size(root, image.path(), format.maximumPixels());
    CacheKey content = CacheKey.of("tiles");
    for (Tile tile : tiling.tiles(size.height(), size.width())) {
      byte[] part = loader.image(root, image.withTile(tile), format).pixels().rgb();
      content = content.with(CacheKey.of(part).toString());
    }
    return new Seen(content, size.height(), size.width());
  }

  @Override
  public SeenMask mask(String name) {
    Gray mask = loader.ownGray(root, name, format.maximumPixels());
    return new SeenMask(mask.values(), mask.height(), mask.width());
  }

  @Override
  public String size() {
    return "";
  }
}
