package uniass.inference.pipeline;

import java.util.Optional;
import uniass.api.data.Mask;
import uniass.api.data.AnomalyMap;
import java.util.function.Consumer;
import uniass.api.data.Image;
import uniass.api.data.Tile;
import uniass.inference.pipeline.MapStream.Mapped;

/**
 * Takes the maps of tiles, image by image, and passes on the images' maps. An image of which a tile
 * could not be read is left out.
 */
final class TileJoiner implements Consumer<Mapped> {

  private final Consumer<Mapped> consumer;
  private final Masks masks;
  private String path;
  private TiledMap map;

  /** Finds the mask of an image in its own size. */
  @FunctionalInterface
  interface Masks {
    Optional<Mask> of(Image image, AnomalyMap map);
  }

  TileJoiner(Consumer<Mapped> consumer, Masks masks) {
    this.consumer = consumer;
    this.masks = masks;
  }

  @Override
  public void accept(Mapped mapped) {
    Tile tile = mapped.image().tile();
    if (map == null || tile.index() == 0 || !mapped.image().path().equals(path)) {
      map = new TiledMap(tile);
      path = mapped.image().path();
    }
    map.add(tile, mapped.map());
    if (map.isComplete()) {
      AnomalyMap whole = map.joined();
      map = null;
      Image image = mapped.image().withTile(null);
      consumer.accept(new Mapped(image, whole, masks.of(image, whole)));
    }
  }
}
