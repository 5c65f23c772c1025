/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.Arrays;

/** Arithmetic on shapes that files name, safe against overflow. */
final class Shapes {

  /** As many as PyTorch allows. */
  static final int MOST_AXES = 64;

  private Shapes() {}

  /** Number of bytes of a tensor; at most {@link Integer#MAX_VALUE}. */
  static int bytes(String name, long[] shape, ElementType type) throws BadFileException {
    if (shape.length > MOST_AXES) {
      throw new BadFileException("tensor " + Quoted.text(name) + " has " + shape.length + " axes");
    }
    long bytes = type.size();
    boolean empty = false;
    for (long size : shape) {
      if (size < 0) {
        throw new BadFileException(
            "tensor " + Quoted.text(name) + " has the negative size " + size);
      }
      empty |= size == 0;
    }
    for (int i = 0; i < shape.length && !empty; i++) {
      if (shape[i] > Integer.MAX_VALUE / bytes) {
        throw new BadFileException(
            "tensor "
                + Quoted.text(name)
                + " of shape "
                + Arrays.toString(shape)
                + " is larger than 2 GiB");
      }
      bytes *= shape[i];
    }
    return empty ? 0 : (int) bytes;
  }
}
