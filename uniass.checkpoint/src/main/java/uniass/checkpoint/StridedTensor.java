/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import uniass.api.checkpoint.TensorData;

/**
 * A tensor as a pickle describes it: a view of a storage.
 *
 * @param storage where its elements are
 * @param offset index of its first element
 * @param shape sizes of its axes
 * @param strides distance of neighbors along each axis, in elements
 */
record StridedTensor(StorageRef storage, long offset, long[] shape, long[] strides) {

  static StridedTensor of(Object storage, Object offset, Object shape, Object strides)
      throws BadFileException {
    if (storage instanceof StorageRef ref && offset instanceof Long first) {
      return new StridedTensor(ref, first, longs(shape), longs(strides));
    }
    throw new BadFileException("rebuilds a tensor from something that is not a storage");
  }

  private static long[] longs(Object values) throws BadFileException {
    if (values instanceof List<?> list
        && list.size() <= Shapes.MOST_AXES
        && list.stream().allMatch(Long.class::isInstance)) {
      return list.stream().mapToLong(Long.class::cast).toArray();
    }
    throw new BadFileException("has a tensor whose sizes are not a few whole numbers");
  }

  /** Checks that every element lies in the storage, and returns the bytes of all elements. */
  int check(String name) throws BadFileException {
    int bytes = Shapes.bytes(name, shape, storage.type());
    if (strides.length != shape.length) {
      throw new BadFileException(
          "tensor " + Quoted.text(name) + " does not have one stride per axis");
    }
    try {
      long last = offset;
      boolean inside = offset >= 0;
      for (int i = 0; i < shape.length && bytes > 0; i++) {
        inside &= strides[i] >= 0;
        last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, strides[i]));
      }
      if (!inside || bytes > 0 && last >= storage.elements()) {
        throw new BadFileException(outside(name));
      }
    } catch (ArithmeticException e) {
      throw new BadFileException(outside(name), e);
    }
    return bytes;
  }

  private String outside(String name) {
    return "tensor "
        + Quoted.text(name)
        + " reaches outside its storage of "
        + storage.elements()
        + " elements";
  }

  /** Whether its elements follow each other in row-major order. */
  boolean contiguous() {
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && strides[i] != expected) {
        return false;
      }
      expected *= shape[i];
    }
    return true;
  }

  /** Takes the elements out of the storage's bytes; shares them where they are contiguous. */
  TensorData read(int length, byte[] stored) {
    int size = storage.type().size();
    if (length == 0 || contiguous()) {
      int start = length == 0 ? 0 : (int) (offset * size);
      return data(ByteBuffer.wrap(stored, start, length).slice());
    }
    byte[] elements = new byte[length];
    long[] index = new long[shape.length];
    long from = offset;
    for (int to = 0; to < length; to += size) {
      System.arraycopy(stored, (int) (from * size), elements, to, size);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return data(ByteBuffer.wrap(elements));
  }

  private TensorData data(ByteBuffer bytes) {
    return new TensorData(storage.type().name(), shape, bytes.order(ByteOrder.LITTLE_ENDIAN));
  }
}
