/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

/**
 * Two-dimensional sine position code, as DETR has it (Carion et al. 2020): half of the features
 * tell the row, half the column; angle = (index + 1) / (size + 1e-6) * 2 pi / 10000^(2 floor(k / 2)
 * / half), sine at even k, cosine at odd k. Computed in float as the reference does, for equal
 * digits.
 */
public final class PositionCode {

  private static final float EPS = 1e-6f;
  private static final float SCALE = (float) (2 * Math.PI);
  private static final double TEMPERATURE = 10000;

  private PositionCode() {}

  /** Returns the code as tokens, row-major (height width, features). */
  public static float[] tokens(int height, int width, int features) {
    int half = features / 2;
    float[] code = new float[height * width * features];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int start = (y * width + x) * features;
        for (int k = 0; k < half; k++) {
          code[start + k] = feature(y, height, k, half);
          code[start + half + k] = feature(x, width, k, half);
        }
      }
    }
    return code;
  }

  private static float feature(int index, int size, int k, int half) {
    float position = (index + 1f) / (size + EPS) * SCALE;
    float divisor = (float) Math.pow(TEMPERATURE, 2f * (k / 2) / half);
    double angle = position / divisor;
    return (float) (k % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
  }
}
