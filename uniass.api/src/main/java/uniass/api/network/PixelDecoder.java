/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDList;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Merges the levels top-down into maps of D channels. */
@ConsumerType
@PluginType(PluginType.PIXEL_DECODER)
public interface PixelDecoder extends NetworkPart {

  /** Creates the layer. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built decoder. */
  @FunctionalInterface
  interface Layer {
    /**
     * Merges the levels.
     *
     * @param inputs the processed levels, fine to coarse: (N, C'_k, h_k, w_k)
     * @return coarse to fine: (N,D,h_k,w_k)
     */
    NDList forward(NDList inputs, Pass pass);
  }
}
