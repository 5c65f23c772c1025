/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

/**
 * How far an open model computes what it computed when it was trained.
 *
 * @param images number of reference images, at least 1
 * @param difference the largest difference between the maps computed now and those recorded, as a
 *     share of the recorded map's maximum
 */
public record SelfTest(int images, double difference) {

  /** The largest difference that counts as agreement. */
  public static final double TOLERANCE = 1e-4;

  /** Whether the maps agree. */
  public boolean agrees() {
    return difference <= TOLERANCE;
  }
}
