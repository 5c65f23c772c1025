/* SPDX-License-Identifier: Apache-2.0 */
/** What fails, as Kura says it: signatures only. */
package org.eclipse.kura;
