/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows faster ways to compute layers. Whoever builds a network gives it to the {@link
 * ParameterStore}; whoever creates a layer offers it with {@link ParameterScope#faster} and uses
 * what comes back. So a network is written the way it is defined, and computed the way it is fast.
 */
@FunctionalInterface
@ConsumerType
public interface FasterLayers {

  /**
   * Returns what is to compute a layer.
   *
   * @param layer as it is defined
   * @param scope of its parameters
   * @return something with the same interfaces that computes the same up to rounding; the layer
   *     itself if nothing is faster
   */
  Object of(Object layer, ParameterScope scope);
}
