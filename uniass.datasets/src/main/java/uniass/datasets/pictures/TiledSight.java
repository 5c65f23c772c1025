package uniass.datasets.pictures;

import java.nio.file.Path;
import uniass.api.data.Picture;
import uniass.api.data.PictureFormat;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.pixels.Grey;
import uniass.datasets.pixels.Size;

/** Pictures tile by tile, and masks in their own size, in which maps of tiles are judged. */
record TiledSight(Loader loader, Path root, PictureFormat format, Tiling tiling) implements Sight {

  @Override
  public Seen picture(Picture picture) {
    Size size = loader.size(root, picture.path(), format.maximumPixels());
    CacheKey content = CacheKey.of("tiles");
    for (Tile tile : tiling.tiles(size.height(), size.width())) {
      byte[] part = loader.picture(root, picture.withTile(tile), format).pixels().rgb();
      content = content.with(CacheKey.of(part).toString());
    }
    return new Seen(content, size.height(), size.width());
  }

  @Override
  public SeenMask mask(String name) {
    Grey mask = loader.ownGrey(root, name, format.maximumPixels());
    return new SeenMask(mask.values(), mask.height(), mask.width());
  }

  @Override
  public String size() {
    return "";
  }
}
