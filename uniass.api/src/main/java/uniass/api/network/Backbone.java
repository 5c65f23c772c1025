/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.data.Normalization;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** A frozen feature extractor with four levels of strides 2, 4, 8 and 16. */
@ConsumerType
@PluginType(PluginType.BACKBONE)
public interface Backbone extends NetworkPart {

  /** Channels of the four levels, fine to coarse. */
  List<Integer> channels(Settings settings);

  /** The normalization that the usual weights of this architecture expect. */
  Normalization normalization(Settings settings);

  /**
   * Name of the architecture, by which {@link PretrainedWeights} are found; empty if weights make
   * no sense.
   */
  default Optional<String> architecture(Settings settings) {
    return Optional.empty();
  }

  /** Creates the layer; its parameters are frozen. Only what the four levels need is built. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built backbone. */
  @FunctionalInterface
  interface Layer {
    /**
     * Computes the features.
     *
     * @param images (N,3,H,W), normalized
     * @return the levels, fine to coarse: (N, C_k, H / 2^(k+1), W / 2^(k+1))
     */
    NDList forward(NDArray images, Pass pass);
  }
}
