package uniass.runner.inspect;

/** Bilinear resizing of maps, pixel centres aligned, without antialiasing. */
final class Bilinear {

  private Bilinear() {}

  /** Resizes; returns the same map if it has that size. */
  static AnomalyMap resize(AnomalyMap map, int height, int width) {
    if (map.height() == height && map.width() == width) {
      return map;
    }
    float[] out = new float[height * width];
    for (int y = 0; y < height; y++) {
      float fy = centre(y, height, map.height());
      int y0 = (int) fy;
      int y1 = Math.min(y0 + 1, map.height() - 1);
      float wy = fy - y0;
      for (int x = 0; x < width; x++) {
        float fx = centre(x, width, map.width());
        int x0 = (int) fx;
        int x1 = Math.min(x0 + 1, map.width() - 1);
        float wx = fx - x0;
        float top =
            map.values()[y0 * map.width() + x0] * (1 - wx)
                + map.values()[y0 * map.width() + x1] * wx;
        float bottom =
            map.values()[y1 * map.width() + x0] * (1 - wx)
                + map.values()[y1 * map.width() + x1] * wx;
        out[y * width + x] = top * (1 - wy) + bottom * wy;
      }
    }
    return new AnomalyMap(height, width, out);
  }

  private static float centre(int position, int target, int source) {
    float at = (position + 0.5f) * source / target - 0.5f;
    return Math.max(0, Math.min(source - 1, at));
  }
}
