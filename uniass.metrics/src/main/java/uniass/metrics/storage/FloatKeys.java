/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

/** Finite floats as ints in the same order, the two zeros being one. */
public final class FloatKeys {

  private FloatKeys() {}

  /** The key of a score. */
  public static int of(float score) {
    int bits = Float.floatToRawIntBits(score + 0.0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** The score of a key. */
  public static float score(int key) {
    return Float.intBitsToFloat(key ^ ((key >> 31) & Integer.MAX_VALUE));
  }
}
