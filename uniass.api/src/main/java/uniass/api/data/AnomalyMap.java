/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * How anomalous each pixel of an image is.
 *
 * <p>The array is neither copied nor to be changed: whoever makes a map hands its array over, and
 * all that see the map share it. Maps are equal if they share their array and size.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param values (H,W), row-major; larger is more anomalous, not normalized
 */
public record AnomalyMap(int height, int width, float[] values) {

  /** Checks that there is one value per pixel. */
  public AnomalyMap {
    if (height < 1 || width < 1 || values.length != (long) height * width) {
      throw new IllegalArgumentException(
          "%d values for an anomaly map of %d x %d pixels".formatted(values.length, height, width));
    }
  }

  /** The score of a pixel. */
  public float at(int row, int column) {
    return values[row * width + column];
  }

  /** The largest score. */
  public float max() {
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (value > largest) {
        largest = value;
      }
    }
    return largest;
  }

  /** The pixels whose score reaches a threshold. */
  public Mask atLeast(double threshold) {
    byte[] mask = new byte[values.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (values[i] >= threshold ? 1 : 0);
    }
    return new Mask(height, width, mask);
  }
}
