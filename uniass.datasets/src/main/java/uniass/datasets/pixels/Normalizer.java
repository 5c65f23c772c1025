/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.nio.FloatBuffer;
import uniass.api.data.Normalization;
import uniass.api.data.Pixels;

/** (value / 255 - mean) / deviation in single precision, in torchvision's order of operations. */
public final class Normalizer {

  private final float[][] tables = new float[3][256];

  /** Prepares the 3 x 256 results. */
  public Normalizer(Normalization normalization) {
    for (int c = 0; c < 3; c++) {
      float mean = normalization.mean().get(c).floatValue();
      float deviation = normalization.deviation().get(c).floatValue();
      for (int v = 0; v < 256; v++) {
        tables[c][v] = (v / 255f - mean) / deviation;
      }
    }
  }

  /** Writes (3,H,W) to {@code target} from {@code offset} on; its position stays. */
  public void write(Pixels pixels, FloatBuffer target, int offset) {
    byte[] rgb = pixels.rgb();
    int size = pixels.height() * pixels.width();
    float[] plane = new float[size];
    for (int c = 0; c < 3; c++) {
      float[] table = tables[c];
      for (int i = 0, k = c; i < size; i++, k += 3) {
        plane[i] = table[rgb[k] & 0xFF];
      }
      target.put(offset + c * size, plane);
    }
  }
}
