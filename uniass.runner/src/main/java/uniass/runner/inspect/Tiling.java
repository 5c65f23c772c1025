package uniass.runner.inspect;

import java.util.ArrayList;
import java.util.List;
import uniass.api.data.Pixels;
import uniass.api.inspection.InspectionOptions;

/**
 * Maps of large pictures: overlapping tiles, blended so that no seam shows. Beside the picture it
 * holds two numbers a pixel and one batch of tiles.
 */
final class Tiling {

  private final Mapper mapper;
  private final int tile;
  private final int overlap;
  private final int batch;

  Tiling(Mapper mapper, InspectionOptions options) {
    this.mapper = mapper;
    this.tile = options.tile();
    this.overlap = options.overlap();
    this.batch = options.batch();
  }

  /** Computes the map at the picture's own size. */
  AnomalyMap map(Pixels picture) {
    int height = picture.height();
    int width = picture.width();
    int tileHeight = Math.min(tile, height);
    int tileWidth = Math.min(tile, width);
    float[] sum = new float[height * width];
    float[] weight = new float[height * width];
    List<int[]> corners = new ArrayList<>();
    for (int top : starts(height, tileHeight)) {
      for (int left : starts(width, tileWidth)) {
        corners.add(new int[] {top, left});
      }
    }
    float[] down = ramp(tileHeight);
    float[] across = ramp(tileWidth);
    for (int from = 0; from < corners.size(); from += batch) {
      List<int[]> some = corners.subList(from, Math.min(corners.size(), from + batch));
      List<AnomalyMap> maps =
          mapper.maps(
              some.stream().map(c -> cut(picture, c[0], c[1], tileHeight, tileWidth)).toList());
      for (int i = 0; i < some.size(); i++) {
        AnomalyMap sized = Bilinear.resize(maps.get(i), tileHeight, tileWidth);
        int[] corner = some.get(i);
        for (int y = 0; y < tileHeight; y++) {
          int row = (corner[0] + y) * width + corner[1];
          for (int x = 0; x < tileWidth; x++) {
            float w = down[y] * across[x];
            sum[row + x] += w * sized.values()[y * tileWidth + x];
            weight[row + x] += w;
          }
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= weight[i];
    }
    return new AnomalyMap(height, width, sum);
  }

  /** Where tiles begin: evenly spread, so that neighbours share the overlap at least. */
  private int[] starts(int length, int side) {
    if (length <= side) {
      return new int[] {0};
    }
    int step = Math.max(1, side - overlap);
    int count = (length - side + step - 1) / step + 1;
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = (int) ((long) i * (length - side) / (count - 1));
    }
    return starts;
  }

  /** Weights that rise from both ends over the overlap. */
  private float[] ramp(int side) {
    float[] ramp = new float[side];
    for (int i = 0; i < side; i++) {
      int fromEnd = Math.min(i, side - 1 - i);
      ramp[i] = Math.min(1f, (fromEnd + 1f) / (overlap + 1f));
    }
    return ramp;
  }

  private static Pixels cut(Pixels picture, int top, int left, int height, int width) {
    if (height == picture.height() && width == picture.width()) {
      return picture;
    }
    byte[] rgb = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          picture.rgb(), ((top + y) * picture.width() + left) * 3, rgb, y * width * 3, width * 3);
    }
    return new Pixels(height, width, rgb);
  }
}
