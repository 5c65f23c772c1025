/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.configuration;

/** Marks what Kura configures. */
public interface ConfigurableComponent {}
