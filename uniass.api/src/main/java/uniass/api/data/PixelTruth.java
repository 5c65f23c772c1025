/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/** What is known about an image's pixels. */
public enum PixelTruth {
  /** All are normal. */
  NORMAL,
  /** The masks tell: the union of what they mark. */
  MASKS,
  /** All are anomalous, as the reference's lists have it for an anomaly without a mask. */
  ALL_ANOMALOUS,
  /** Nothing; such images take no part in pixel metrics. */
  UNKNOWN
}
