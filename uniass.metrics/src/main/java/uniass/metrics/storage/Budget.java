/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

/** Bytes that the stores of one category may still hold. */
final class Budget {

  private long left;

  Budget(long bytes) {
    this.left = bytes;
  }

  /** Takes bytes if there are enough. */
  boolean take(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }
}
