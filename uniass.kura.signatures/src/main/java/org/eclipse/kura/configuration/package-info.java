/* SPDX-License-Identifier: Apache-2.0 */
/** What Kura configures: signatures only. */
package org.eclipse.kura.configuration;
