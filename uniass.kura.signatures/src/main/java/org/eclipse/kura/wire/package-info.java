/* SPDX-License-Identifier: Apache-2.0 */
/** Components that wires join: signatures only. */
package org.eclipse.kura.wire;
