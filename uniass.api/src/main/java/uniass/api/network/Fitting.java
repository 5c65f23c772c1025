/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import org.osgi.annotation.versioning.ConsumerType;

/** How a network learns that is not trained by gradient: by fits. */
@ConsumerType
@FunctionalInterface
public interface Fitting {

  /**
   * Begins a fit.
   *
   * @param images how many {@link Fit#add} gets at most, those of all passes together
   * @param seed decides what chance decides
   */
  Fit begin(int images, long seed);

  /**
   * How often the images are passed, augmented anew each time; once if the images are as good as
   * all that can be made of them.
   */
  default int passes() {
    return 1;
  }
}
