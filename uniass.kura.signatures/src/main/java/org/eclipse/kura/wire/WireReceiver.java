/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.wire;

import org.osgi.service.wireadmin.Consumer;

/** Takes records. */
public interface WireReceiver extends WireComponent, Consumer {

  /** Takes them. */
  void onWireReceive(WireEnvelope wireEnvelope);
}
