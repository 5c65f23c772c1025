/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

/**
 * Keys from {@code low} to {@code high}, both included.
 *
 * @param low the lowest
 * @param high the highest
 */
public record KeyRange(int low, int high) {

  public static final KeyRange ALL = new KeyRange(Integer.MIN_VALUE, Integer.MAX_VALUE);

  public boolean holds(int key) {
    return key >= low && key <= high;
  }
}
