/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the orientation in an EXIF block or at the head of a TIFF file, which share a layout. */
final class Exif {

  private static final int ORIENTATION = 274;
  private static final int SHORT = 3;

  private Exif() {}

  /**
   * Reads tag 274 of the first directory.
   *
   * @param bytes holds the block
   * @param offset where {@code II*} or {@code MM*} begins
   * @param length bytes in the block
   * @return 1 to 8; 1 where the block says nothing or is damaged, as viewers have it
   */
  static int orientation(byte[] bytes, int offset, int length) {
    if (length < 14 || offset < 0 || length > bytes.length - offset) {
      return 1;
    }
    ByteBuffer block = ByteBuffer.wrap(bytes, offset, length).slice();
    int order = block.getShort(0);
    if (order == 0x4949) {
      block.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != 0x4D4D) {
      return 1;
    }
    int directory = block.getInt(4);
    if (block.getShort(2) != 42 || directory < 8 || directory > length - 2) {
      return 1;
    }
    int entries = Math.min(block.getShort(directory) & 0xFFFF, (length - directory - 2) / 12);
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if ((block.getShort(entry) & 0xFFFF) == ORIENTATION && block.getShort(entry + 2) == SHORT) {
        int value = block.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}
