/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import org.osgi.annotation.versioning.ConsumerType;

/** How a map filter learns from normal images, once the network itself has learned. */
@ConsumerType
@FunctionalInterface
public interface MapFitting {

  /** Begins a fit. */
  MapFit begin();
}
