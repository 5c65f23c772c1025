/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import uniass.api.data.AnomalyMap;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;

/**
 * Puts the anomaly maps of an image's tiles together to one of the image's size. Where tiles
 * overlap, each counts the less the nearer its edge is, so that no seam shows: the weight of a
 * pixel is the product over both axes of min(distance to the tile's edge, overlap) / overlap. The
 * sum of weights is a product over the axes too, so memory is one map. Used by one thread.
 */
public final class TiledMap {

  private final int height;
  private final int width;
  private final float[] sum;
  private final double[] rowWeights;
  private final double[] columnWeights;
  private final boolean[] seen;
  private int missing;

  /** Begins the map of an image, of which any tile is given. */
  public TiledMap(Tile any) {
    height = any.imageHeight();
    width = any.imageWidth();
    sum = new float[Math.multiplyExact(height, width)];
    rowWeights = new double[height];
    columnWeights = new double[width];
    var tiles = any.tiling().tiles(height, width);
    for (Tile tile : tiles) {
      if (tile.x() == 0) {
        add(rowWeights, tile.y(), weights(tile.height(), any.tiling()));
      }
      if (tile.y() == 0) {
        add(columnWeights, tile.x(), weights(tile.width(), any.tiling()));
      }
    }
    missing = tiles.size();
    seen = new boolean[missing];
  }

  private static void add(double[] sums, int start, double[] weights) {
    for (int i = 0; i < weights.length; i++) {
      sums[start + i] += weights[i];
    }
  }

  private static double[] weights(int length, Tiling tiling) {
    int ramp = Math.max(1, tiling.overlap());
    double[] weights = new double[length];
    for (int i = 0; i < length; i++) {
      double edge = Math.min(i + 0.5, length - i - 0.5);
      weights[i] = Math.min(edge, ramp) / ramp;
    }
    return weights;
  }

  /**
   * Adds a tile's map, resized bilinearly to the tile's size in the image (pixel centers on pixel
   * centers).
   */
  public void add(Tile tile, AnomalyMap tileMap) {
    float[] map = tileMap.values();
    int mapWidth = tileMap.width();
    if (tile.imageHeight() != height || tile.imageWidth() != width || seen[tile.index()]) {
      throw new IllegalArgumentException("a tile of another image, or one that was added: " + tile);
    }
    seen[tile.index()] = true;
    missing--;
    double[] down = weights(tile.height(), tile.tiling());
    double[] across = weights(tile.width(), tile.tiling());
    Linear rows = Linear.of(tileMap.height(), tile.height());
    Linear columns = Linear.of(mapWidth, tile.width());
    for (int y = 0; y < tile.height(); y++) {
      int first = rows.first[y] * mapWidth;
      int second = rows.second[y] * mapWidth;
      double part = rows.part[y];
      double weight = down[y] / rowWeights[tile.y() + y];
      int o = (tile.y() + y) * width + tile.x();
      for (int x = 0; x < tile.width(); x++) {
        int a = columns.first[x];
        int b = columns.second[x];
        double p = columns.part[x];
        double upper = map[first + a] * (1 - p) + map[first + b] * p;
        double lower = map[second + a] * (1 - p) + map[second + b] * p;
        sum[o + x] +=
            (float)
                ((upper * (1 - part) + lower * part)
                    * (weight * across[x] / columnWeights[tile.x() + x]));
      }
    }
  }

  /** Whether all tiles were added. */
  public boolean isComplete() {
    return missing == 0;
  }

  /** The image's map; not a copy. */
  public AnomalyMap joined() {
    if (missing > 0) {
      throw new IllegalStateException(missing + " tiles are missing");
    }
    return new AnomalyMap(height, width, sum);
  }

  /** Two sources for each target, and the second's share. */
  private record Linear(int[] first, int[] second, double[] part) {

    static Linear of(int from, int to) {
      Linear linear = new Linear(new int[to], new int[to], new double[to]);
      for (int i = 0; i < to; i++) {
        double at = Math.max(0, Math.min(from - 1.0, (i + 0.5) * from / to - 0.5));
        linear.first[i] = (int) at;
        linear.second[i] = Math.min(from - 1, linear.first[i] + 1);
        linear.part[i] = at - linear.first[i];
      }
      return linear;
    }
  }
}
