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
     * @param inputs the processed levels, coarse to fine: (N, C'_i, h_i, w_i)
     * @return as many, coarse to fine: (N,D,h_i,w_i)
     */
    NDList forward(NDList inputs, Pass pass);
  }
}
