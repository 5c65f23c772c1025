/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.type;

/** Types of values. */
public enum DataType {
  /** Yes or no. */
  BOOLEAN,
  /** Bytes. */
  BYTE_ARRAY,
  /** 32 bits. */
  FLOAT,
  /** Text. */
  STRING
}
