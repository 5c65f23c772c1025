/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.type;

/** A value that says its type. */
public interface TypedValue<T> extends Comparable<TypedValue<T>> {

  /** Its type. */
  DataType getType();

  /** The value. */
  T getValue();
}
