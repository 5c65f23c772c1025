/* SPDX-License-Identifier: Apache-2.0 */
/** Values that travel on wires: signatures only. */
package org.eclipse.kura.type;
