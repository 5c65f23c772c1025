/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * Smooths the anomaly map of one level before fusion. The loss terms do not see the maps: a filter
 * learns from those of normal images after the training ({@link Layer#fitting}), or by a loss of
 * one's own on {@link AnomalyNetwork#forward}.
 */
@ConsumerType
@PluginType(PluginType.MAP_FILTER)
public interface MapFilter extends NetworkPart {

  /** Creates the layer, which serves all levels. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built filter. */
  @FunctionalInterface
  interface Layer {
    /**
     * Filters the map of one level.
     *
     * @param map (N,1,H/2,W/2), from 0 on
     * @param stride the level: 2, 4, 8 or 16
     * @return the same shape
     */
    NDArray forward(NDArray map, int stride, Pass pass);

    /**
     * Filters the map of one level with the images at hand; this is what networks call.
     *
     * @param map (N,1,H/2,W/2), from 0 on
     * @param images (N,3,H,W), normalized
     * @param stride the level: 2, 4, 8 or 16
     * @return the shape of the map
     */
    default NDArray forward(NDArray map, NDArray images, int stride, Pass pass) {
      return forward(map, stride, pass);
    }

    /** How it is fitted to maps of normal images; nothing if it is not. */
    default Optional<MapFitting> fitting() {
      return Optional.empty();
    }
  }
}
