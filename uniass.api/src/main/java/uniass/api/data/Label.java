/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/** What is known about a whole image. */
public enum Label {
  /** Without defect. */
  NORMAL,
  /** With a defect. */
  ANOMALOUS,
  /** Not published, or not known. */
  UNKNOWN
}
