/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import uniass.api.checkpoint.TensorData;

/** Small tensors for tests. */
final class TestTensors {

  private TestTensors() {}

  static TensorData floats(long[] shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new TensorData("F32", shape, bytes);
  }

  static TensorData longs(long[] shape, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return new TensorData("I64", shape, bytes);
  }

  static TensorData bytes(long[] shape, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      bytes.put(i, (byte) values[i]);
    }
    return new TensorData("U8", shape, bytes);
  }

  static float[] values(TensorData tensor) throws BadFileException {
    return ElementType.of(tensor.type()).floats(tensor.data());
  }
}
