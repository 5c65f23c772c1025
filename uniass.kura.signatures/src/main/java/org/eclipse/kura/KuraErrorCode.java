/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura;

/** Kinds of failures; those that uniass.kura uses. */
public enum KuraErrorCode {
  /** Something in a component failed. */
  INTERNAL_ERROR,
  /** A caller gave something wrong. */
  INVALID_PARAMETER
}
