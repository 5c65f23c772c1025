/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.type;

/** Makes values. */
public final class TypedValues {

  private TypedValues() {}

  /** Yes or no. */
  public static BooleanValue newBooleanValue(boolean value) {
    return new BooleanValue(value);
  }

  /** Bytes. */
  public static ByteArrayValue newByteArrayValue(byte[] value) {
    return new ByteArrayValue(value);
  }

  /** 32 bits. */
  public static FloatValue newFloatValue(float value) {
    return new FloatValue(value);
  }

  /** Text. */
  public static StringValue newStringValue(String value) {
    return new StringValue(value);
  }
}
