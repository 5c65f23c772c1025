/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * Which pixels of an image are anomalous: ground truth, or what a model marks.
 *
 * <p>The array is neither copied nor to be changed: whoever makes a mask hands its array over, and
 * all that see the mask share it. Masks are equal if they share their array and size.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param values (H,W), row-major; 1 where anomalous, else 0
 */
public record Mask(int height, int width, byte[] values) {

  /** Checks that there is one value per pixel. */
  public Mask {
    if (height < 1 || width < 1 || values.length != (long) height * width) {
      throw new IllegalArgumentException(
          "%d values for a mask of %d x %d pixels".formatted(values.length, height, width));
    }
  }

  /** Whether a pixel is anomalous. */
  public boolean at(int row, int column) {
    return values[row * width + column] != 0;
  }

  /** Whether any pixel is anomalous. */
  public boolean any() {
    for (byte value : values) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a map has this size. */
  public boolean fits(AnomalyMap map) {
    return map.height() == height && map.width() == width;
  }
}
