/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.List;

/**
 * The tensors of a safetensors file, mapped into memory: they take none of Java's heap, and the
 * operating system takes their pages back when it needs them.
 */
final class MappedTensors {

  private final FileChannel channel;
  private final long start;
  private final List<SafetensorsHeader.Entry> entries;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowBegin;
  private long windowEnd;

  /**
   * Maps the data of a file.
   *
   * @param channel stands behind the header; may be closed once all tensors were taken
   * @param entries in the order of their data
   */
  MappedTensors(FileChannel channel, List<SafetensorsHeader.Entry> entries) throws IOException {
    this.channel = channel;
    this.start = channel.position();
    this.entries = entries;
  }

  /** A view of a tensor's data. */
  ByteBuffer bytes(SafetensorsHeader.Entry entry) throws IOException {
    if (entry.end() > windowEnd) {
      map(entry.begin());
    }
    return window.slice((int) (entry.begin() - windowBegin), entry.length());
  }

  /** Maps as many whole tensors as one buffer can hold. */
  private void map(long begin) throws IOException {
    windowBegin = begin;
    for (SafetensorsHeader.Entry entry : entries) {
      if (entry.begin() >= begin && entry.end() - begin <= Integer.MAX_VALUE) {
        windowEnd = entry.end();
      }
    }
    window = channel.map(MapMode.READ_ONLY, start + begin, windowEnd - begin);
  }
}
