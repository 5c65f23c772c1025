/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.wire;

import org.osgi.service.wireadmin.Producer;

/** Gives records. */
public interface WireEmitter extends WireComponent, Producer {}
