/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.wire;

import org.osgi.framework.ServiceReference;

/** Makes what components need. */
public interface WireHelperService {

  /** Support for a component. */
  WireSupport newWireSupport(
      WireComponent wireComponent, ServiceReference<WireComponent> wireComponentRef);
}
