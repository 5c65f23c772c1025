/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/** The part of a data set that an image belongs to. */
public enum Split {
  /** Normal training images. */
  TRAIN,
  /** Held out by the data set's authors: normal images, in BMAD anomalous ones beside them. */
  VALIDATION,
  /** Images to judge. */
  TEST
}
