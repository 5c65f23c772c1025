/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** One term of the reconstruction loss, summed over levels and terms, times the loss weight. */
@ConsumerType
@PluginType(PluginType.LOSS)
public interface LossTerm extends NetworkPart {

  /** Creates the layer, which serves all levels. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built term. */
  @FunctionalInterface
  interface Layer {
    /**
     * Computes the term for one level.
     *
     * @param reconstruction (N,C,h,w)
     * @param target (N,C,h,w); without gradient unless the feature processing learns
     * @param stride the level: 2, 4, 8 or 16
     * @return a scalar
     */
    NDArray forward(NDArray reconstruction, NDArray target, int stride, Pass pass);
  }
}
