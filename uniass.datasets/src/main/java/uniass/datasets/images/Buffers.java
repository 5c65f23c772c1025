package uniass.datasets.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Direct buffers used again and again, since taking and clearing one costs more than filling it.
 */
final class Buffers {

  private static final int KEPT = 6;

  private final Deque<FloatBuffer> free = new ArrayDeque<>();

  /** A buffer of exactly that many floats, with whatever is in it. */
  synchronized FloatBuffer take(int floats) {
    for (Iterator<FloatBuffer> all = free.iterator(); all.hasNext(); ) {
      FloatBuffer buffer = all.next();
      if (buffer.capacity() == floats) {
        all.remove();
        return buffer;
      }
    }
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  synchronized void give(FloatBuffer buffer) {
    free.addFirst(buffer);
    if (free.size() > KEPT) {
      free.removeLast();
    }
  }
}
