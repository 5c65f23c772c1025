/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.wire;

/** Marks what wires join. */
public interface WireComponent {}
