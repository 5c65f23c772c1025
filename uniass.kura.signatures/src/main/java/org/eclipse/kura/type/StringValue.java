/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.type;

/** A value of the type {@link DataType#STRING}. */
public class StringValue implements TypedValue<String> {

  private final String value;

  /** Holds a value. */
  public StringValue(String value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.STRING;
  }

  @Override
  public String getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<String> other) {
    return value.compareTo(other.getValue());
  }
}
