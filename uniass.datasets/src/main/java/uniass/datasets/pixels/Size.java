/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/** The size of an image in pixels. */
public record Size(int height, int width) {

  /** The size once the image is turned; EXIF's orientations from 5 on swap the axes. */
  Size upright(int orientation) {
    return orientation >= 5 ? new Size(width, height) : this;
  }
}
