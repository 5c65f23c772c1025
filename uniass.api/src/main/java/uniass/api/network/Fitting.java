/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import org.osgi.annotation.versioning.ConsumerType;

/** How a network learns that is not trained by gradient: by fits, each of one pass over images. */
@ConsumerType
@FunctionalInterface
public interface Fitting {

  /**
   * Begins a fit.
   *
   * @param images how many the pass has at most
   * @param seed decides what chance decides
   */
  Fit begin(int images, long seed);
}
