/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.type;

/** A value of the type {@link DataType#BYTE_ARRAY}. */
public class ByteArrayValue implements TypedValue<byte[]> {

  private final byte[] value;

  /** Holds a value. */
  public ByteArrayValue(byte[] value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.BYTE_ARRAY;
  }

  @Override
  public byte[] getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<byte[]> other) {
    return java.util.Arrays.compareUnsigned(value, other.getValue());
  }
}
