/* SPDX-License-Identifier: Apache-2.0 */
/** What an inference engine is to Kura: signatures only. */
package org.eclipse.kura.ai.inference;
