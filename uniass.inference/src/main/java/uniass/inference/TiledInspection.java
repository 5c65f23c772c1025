package uniass.inference;

import uniass.api.data.AnomalyMap;
import java.util.List;
import uniass.api.data.Pixels;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.inference.pipeline.TiledMap;

/**
 * Maps of large images, from overlapping tiles. Beside the image it holds its map and one batch of
 * tiles.
 */
final class TiledInspection {

  private final Mapper mapper;
  private final Tiling tiling;
  private final int batch;

  TiledInspection(Mapper mapper, Tiling tiling, int batch) {
    this.mapper = mapper;
    this.tiling = tiling;
    this.batch = batch;
  }

  /** Computes the map at the image's own size. */
  AnomalyMap map(Pixels image) {
    List<Tile> tiles = tiling.tiles(image.height(), image.width());
    TiledMap whole = new TiledMap(tiles.get(0));
    for (int from = 0; from < tiles.size(); from += batch) {
      List<Tile> some = tiles.subList(from, Math.min(tiles.size(), from + batch));
      List<AnomalyMap> maps = mapper.maps(some.stream().map(t -> cut(image, t)).toList());
      for (int i = 0; i < some.size(); i++) {
        whole.add(some.get(i), maps.get(i));
      }
    }
    return whole.joined();
  }

  private static Input cut(Pixels image, Tile tile) {
    return new Input.Image(new Pixels(tile.height(), tile.width(), tile.cut(image.rgb(), 3)));
  }
}
