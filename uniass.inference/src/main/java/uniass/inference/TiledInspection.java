package uniass.inference;

import java.util.List;
import uniass.api.data.Pixels;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.inference.pipeline.TiledMap;

/**
 * Maps of large pictures, from overlapping tiles. Beside the picture it holds its map and one batch
 * of tiles.
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

  /** Computes the map at the picture's own size. */
  AnomalyMap map(Pixels picture) {
    List<Tile> tiles = tiling.tiles(picture.height(), picture.width());
    TiledMap whole = new TiledMap(tiles.get(0));
    for (int from = 0; from < tiles.size(); from += batch) {
      List<Tile> some = tiles.subList(from, Math.min(tiles.size(), from + batch));
      List<AnomalyMap> maps = mapper.maps(some.stream().map(t -> cut(picture, t)).toList());
      for (int i = 0; i < some.size(); i++) {
        AnomalyMap map = maps.get(i);
        whole.add(some.get(i), map.values(), map.height(), map.width());
      }
    }
    return new AnomalyMap(whole.height(), whole.width(), whole.values());
  }

  private static Input cut(Pixels picture, Tile tile) {
    return new Input.Picture(new Pixels(tile.height(), tile.width(), tile.cut(picture.rgb(), 3)));
  }
}
