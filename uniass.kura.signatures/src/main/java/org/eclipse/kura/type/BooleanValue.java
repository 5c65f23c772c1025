/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.type;

/** A value of the type {@link DataType#BOOLEAN}. */
public class BooleanValue implements TypedValue<Boolean> {

  private final Boolean value;

  /** Holds a value. */
  public BooleanValue(boolean value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.BOOLEAN;
  }

  @Override
  public Boolean getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<Boolean> other) {
    return value.compareTo(other.getValue());
  }
}
