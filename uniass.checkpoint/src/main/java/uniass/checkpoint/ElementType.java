/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Types of a tensor's elements, under the names that safetensors gives them. */
enum ElementType {
  F64(8),
  I64(8),
  U64(8),
  F32(4),
  I32(4),
  U32(4),
  F16(2),
  BF16(2),
  I16(2),
  U16(2),
  I8(1),
  U8(1),
  BOOL(1),
  F8_E4M3(1),
  F8_E5M2(1);

  private final int size;

  ElementType(int size) {
    this.size = size;
  }

  /** Bytes of one element. */
  int size() {
    return size;
  }

  /** Finds a type by name. */
  static ElementType of(String name) throws BadFileException {
    for (ElementType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new BadFileException("has elements of the unknown type " + Quoted.text(name));
  }

  /** Whether {@link #floats} can convert it. */
  boolean convertible() {
    return this != F8_E4M3 && this != F8_E5M2;
  }

  /** Converts little-endian elements to single precision, rounding to nearest. */
  float[] floats(ByteBuffer elements) {
    ByteBuffer in = elements.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] out = new float[in.remaining() / size];
    if (this == F32) {
      in.asFloatBuffer().get(out);
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = next(in);
    }
    return out;
  }

  private float next(ByteBuffer in) {
    return switch (this) {
      case F64 -> (float) in.getDouble();
      case F32 -> in.getFloat();
      case F16 -> half(in.getShort());
      case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
      case I64 -> in.getLong();
      case U64 -> unsigned(in.getLong());
      case I32 -> in.getInt();
      case U32 -> Integer.toUnsignedLong(in.getInt());
      case I16 -> in.getShort();
      case U16 -> Short.toUnsignedInt(in.getShort());
      case I8 -> in.get();
      case U8 -> Byte.toUnsignedInt(in.get());
      case BOOL -> in.get() == 0 ? 0f : 1f;
      case F8_E4M3, F8_E5M2 -> throw new IllegalStateException(this + " is not converted");
    };
  }

  private static float unsigned(long bits) {
    // Halving keeps the sign bit free; the lost bit is kept sticky for the rounding.
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2f;
  }

  /** IEEE 754 binary16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
