/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.type;

/** A value of the type {@link DataType#FLOAT}. */
public class FloatValue implements TypedValue<Float> {

  private final Float value;

  /** Holds a value. */
  public FloatValue(float value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.FLOAT;
  }

  @Override
  public Float getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<Float> other) {
    return value.compareTo(other.getValue());
  }
}
