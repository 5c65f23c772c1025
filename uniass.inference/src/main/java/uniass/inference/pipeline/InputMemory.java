package uniass.inference.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import uniass.api.UniassException;

/**
 * Memory outside Java's heap for what networks take, used again and again. Only the garbage
 * collector frees such memory, and it runs seldom where little of the heap is used. Safe for
 * several threads, which get memory of their own.
 */
public final class InputMemory {

  private final Deque<ByteBuffer> free = new ConcurrentLinkedDeque<>();

  /**
   * Takes memory for images (n,3,height,width), with whatever is in it.
   *
   * @return to be closed when nothing computes with its tensor any more
   */
  public Block take(int n, int height, int width) {
    long bytes = 3L * Float.BYTES * n * height * width;
    if (bytes > Integer.MAX_VALUE) {
      throw new UniassException(
          "a batch of %d images of %d x %d px is too large; take fewer at once"
              .formatted(n, height, width));
    }
    ByteBuffer buffer = free.pollFirst();
    if (buffer == null || buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }
    return new Block(buffer.clear().limit((int) bytes), new Shape(n, 3, height, width));
  }

  /** The memory of one batch. */
  public final class Block implements AutoCloseable {

    private final ByteBuffer buffer;
    private final Shape shape;

    private Block(ByteBuffer buffer, Shape shape) {
      this.buffer = buffer;
      this.shape = shape;
    }

    /** The values, to be written. */
    public FloatBuffer values() {
      return buffer.asFloatBuffer();
    }

    /** The tensor of the values, not a copy on the CPU. */
    public NDArray tensor(NDManager manager) {
      return manager.create(buffer, shape, DataType.FLOAT32);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
      free.addFirst(buffer);
    }
  }
}
