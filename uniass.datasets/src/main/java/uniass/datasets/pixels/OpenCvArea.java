/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.util.Arrays;
import uniass.api.data.Pixels;

/** OpenCV's area averaging of 8-bit images, in its order of single-precision operations. */
final class OpenCvArea {

  private OpenCvArea() {}

  static byte[] resize(Pixels from, int height, int width) {
    double scaleX = 1 / ((double) width / from.width());
    double scaleY = 1 / ((double) height / from.height());
    if (scaleX < 1 || scaleY < 1) {
      return OpenCvLinear.resize(
          from,
          height,
          width,
          OpenCvLinear.Taps.cells(from.width(), width, true),
          OpenCvLinear.Taps.cells(from.height(), height, false));
    }
    if (from.width() % width == 0 && from.height() % height == 0) {
      return whole(from, height, width);
    }
    return fractional(from, height, width, scaleX, scaleY);
  }

  /** Whole numbers of sources a target. */
  private static byte[] whole(Pixels from, int height, int width) {
    int kx = from.width() / width;
    int ky = from.height() / height;
    byte[] rgb = from.rgb();
    byte[] out = new byte[height * width * 3];
    float inverse = 1f / (kx * ky);
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int sum = 0;
          for (int sy = y * ky; sy < (y + 1) * ky; sy++) {
            int i = (sy * from.width() + x * kx) * 3 + c;
            for (int k = 0; k < kx; k++) {
              sum += rgb[i + 3 * k] & 0xFF;
            }
          }
          out[o++] = kx == 2 && ky == 2 ? (byte) ((sum + 2) >> 2) : round(sum * inverse);
        }
      }
    }
    return out;
  }

  private static byte[] fractional(
      Pixels from, int height, int width, double scaleX, double scaleY) {
    Cells columns = Cells.of(from.width(), width, scaleX);
    Cells rows = Cells.of(from.height(), height, scaleY);
    byte[] rgb = from.rgb();
    byte[] out = new byte[height * width * 3];
    float[] line = new float[width * 3];
    float[] sum = new float[width * 3];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < rows.weights[y].length; k++) {
        Arrays.fill(line, 0);
        int row = (rows.first[y] + k) * from.width() * 3;
        for (int x = 0; x < width; x++) {
          int i = row + 3 * columns.first[x];
          for (float weight : columns.weights[x]) {
            line[3 * x] += (rgb[i] & 0xFF) * weight;
            line[3 * x + 1] += (rgb[i + 1] & 0xFF) * weight;
            line[3 * x + 2] += (rgb[i + 2] & 0xFF) * weight;
            i += 3;
          }
        }
        float weight = rows.weights[y][k];
        for (int x = 0; x < sum.length; x++) {
          sum[x] = k == 0 ? weight * line[x] : sum[x] + weight * line[x];
        }
      }
      for (int x = 0; x < sum.length; x++) {
        out[y * sum.length + x] = round(sum[x]);
      }
    }
    return out;
  }

  private static byte round(float v) {
    return (byte) Math.max(0, Math.min(255, (int) Math.rint(v)));
  }

  /** The sources of each target with their shares. */
  private record Cells(int[] first, float[][] weights) {

    static Cells of(int from, int to, double scale) {
      Cells cells = new Cells(new int[to], new float[to][]);
      for (int i = 0; i < to; i++) {
        double start = i * scale;
        double end = start + scale;
        double size = Math.min(scale, from - start);
        int last = Math.min((int) Math.floor(end), from - 1);
        int inner = Math.min((int) Math.ceil(start), last);
        boolean before = inner - start > 1e-3;
        boolean after = end - last > 1e-3;
        float[] weights = new float[(before ? 1 : 0) + last - inner + (after ? 1 : 0)];
        int k = 0;
        if (before) {
          weights[k++] = (float) ((inner - start) / size);
        }
        for (int x = inner; x < last; x++) {
          weights[k++] = (float) (1 / size);
        }
        if (after) {
          weights[k] = (float) (Math.min(Math.min(end - last, 1), size) / size);
        }
        cells.first[i] = before ? inner - 1 : inner;
        cells.weights[i] = weights;
      }
      return cells;
    }
  }
}
