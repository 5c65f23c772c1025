/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The head of a Linux library of 64 bits: as much of its format (System V ABI, chapter 4) as shows
 * whether its end is there. A library that lacks it ends the Java machine when it is loaded.
 */
final class ElfFile {

  private static final int HEADER = 64;
  private static final int ENTRY = 56;
  private static final int MAGIC = 0x7f454c46;

  private ElfFile() {}

  /** Whether a file is such a library, and shorter than its parts that are loaded. */
  static boolean isCut(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer head = read(channel, 0, HEADER);
      if (size < HEADER) {
        return true;
      }
      if (head.order(ByteOrder.BIG_ENDIAN).getInt(0) != MAGIC || head.get(4) != 2) {
        return false; // a linker's script, or for another machine: the loader says so
      }
      head.order(head.get(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      long table = head.getLong(32);
      int entry = head.getShort(54) & 0xffff;
      int entries = head.getShort(56) & 0xffff;
      for (int i = 0; i < entries; i++) {
        ByteBuffer part = read(channel, table + (long) i * entry, ENTRY).order(head.order());
        if (part.limit() < ENTRY || part.getLong(8) + part.getLong(32) > size) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // the loader says why
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
      // goes on until the end
    }
    return buffer.flip();
  }
}
