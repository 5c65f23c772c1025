/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/** How an image of another size is brought to the model's size. */
public enum Resize {
  /** Antialiased bilinear, byte for byte as Pillow does it. */
  PIL_BILINEAR,
  /** Area averaging, as OpenCV's INTER_AREA. */
  AREA,
  /** Bilinear without antialiasing, as OpenCV's INTER_LINEAR. */
  LINEAR,
  /** Not at all: another size is an error. */
  NONE
}
