/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import uniass.api.UniassException;

/**
 * Memory outside Java's heap that is used again and again. Allocating and clearing it costs more
 * than filling it, and only the garbage collector frees it, which runs seldom if little of the heap
 * is used. Thread-safe.
 */
public final class BufferPool {

  private static final int KEPT = 8;

  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /**
   * Takes a buffer with whatever is in it.
   *
   * @return a direct buffer in the machine's byte order, at position 0, with the limit {@code
   *     bytes}; {@link #give} it back when nothing uses it any more
   */
  public ByteBuffer take(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new UniassException(
          "a batch of %d MiB is too large (at most 2047); choose a smaller one"
              .formatted(bytes >> 20));
    }
    ByteBuffer buffer = pooled((int) bytes);
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }
    return buffer.clear().limit((int) bytes);
  }

  /** The smallest buffer that suffices, unless it is far too large. */
  private synchronized ByteBuffer pooled(int bytes) {
    ByteBuffer best = null;
    for (ByteBuffer buffer : free) {
      int capacity = buffer.capacity();
      if (capacity >= bytes
          && capacity / 2 <= bytes
          && (best == null || capacity < best.capacity())) {
        best = buffer;
      }
    }
    if (best != null) {
      ByteBuffer found = best;
      free.removeIf(buffer -> buffer == found);
    }
    return best;
  }

  /** Gives a buffer back. */
  public synchronized void give(ByteBuffer buffer) {
    free.addFirst(buffer);
    if (free.size() > KEPT) {
      free.removeLast();
    }
  }
}
