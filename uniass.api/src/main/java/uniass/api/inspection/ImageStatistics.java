/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import uniass.api.data.Pixels;

/**
 * What an image looks like as a whole, to notice a camera that fails. Computed from the image as
 * the model sees it; of a large one, from pixels at equal distances.
 *
 * @param brightness mean of the gray values, 0 (black) to 255
 * @param contrast their standard deviation
 * @param sharpness standard deviation of the gray values' Laplacian: low if the image is blurred
 */
public record ImageStatistics(double brightness, double contrast, double sharpness) {

  /** About so many pixels are looked at along each side. */
  private static final int SAMPLES = 256;

  /** Computes them. Gray is (2 R + 5 G + B) / 8. */
  public static ImageStatistics of(Pixels pixels) {
    int down = Math.max(1, pixels.height() / SAMPLES);
    int across = Math.max(1, pixels.width() / SAMPLES);
    Moments gray = new Moments();
    Moments laplacian = new Moments();
    for (int y = 0; y < pixels.height(); y += down) {
      for (int x = 0; x < pixels.width(); x += across) {
        double here = gray(pixels, y, x);
        gray.add(here);
        if (y > 0 && x > 0 && y < pixels.height() - 1 && x < pixels.width() - 1) {
          laplacian.add(
              gray(pixels, y - 1, x)
                  + gray(pixels, y + 1, x)
                  + gray(pixels, y, x - 1)
                  + gray(pixels, y, x + 1)
                  - 4 * here);
        }
      }
    }
    return new ImageStatistics(gray.mean(), gray.deviation(), laplacian.deviation());
  }

  private static double gray(Pixels pixels, int y, int x) {
    byte[] rgb = pixels.rgb();
    int at = 3 * (y * pixels.width() + x);
    return (2 * (rgb[at] & 0xFF) + 5 * (rgb[at + 1] & 0xFF) + (rgb[at + 2] & 0xFF)) / 8.0;
  }

  private static final class Moments {
    private long count;
    private double sum;
    private double squares;

    void add(double value) {
      count++;
      sum += value;
      squares += value * value;
    }

    double mean() {
      return count == 0 ? 0 : sum / count;
    }

    double deviation() {
      return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }
  }
}
