package uniass.inference.pipeline;

import java.util.function.Consumer;
import uniass.api.data.Picture;
import uniass.api.data.Tile;
import uniass.inference.pipeline.MapStream.Mapped;

/**
 * Takes the maps of tiles, picture by picture, and passes on the pictures' maps. A picture of which
 * a tile could not be read is left out.
 */
final class TileJoiner implements Consumer<Mapped> {

  private final Consumer<Mapped> consumer;
  private final Masks masks;
  private String path;
  private TiledMap map;

  /** Finds the mask of a picture in its own size, or null. */
  @FunctionalInterface
  interface Masks {
    byte[] of(Picture picture, int height, int width);
  }

  TileJoiner(Consumer<Mapped> consumer, Masks masks) {
    this.consumer = consumer;
    this.masks = masks;
  }

  @Override
  public void accept(Mapped mapped) {
    Tile tile = mapped.picture().tile();
    if (map == null || tile.index() == 0 || !mapped.picture().path().equals(path)) {
      map = new TiledMap(tile);
      path = mapped.picture().path();
    }
    map.add(tile, mapped.map(), mapped.height(), mapped.width());
    if (map.isComplete()) {
      TiledMap whole = map;
      map = null;
      Picture picture = mapped.picture().withTile(null);
      int height = whole.height();
      int width = whole.width();
      consumer.accept(
          new Mapped(picture, height, width, whole.values(), masks.of(picture, height, width)));
    }
  }
}
