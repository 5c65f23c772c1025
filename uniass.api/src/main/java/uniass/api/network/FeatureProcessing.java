/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Turns a level's features into the head's input and the target of its reconstruction. */
@ConsumerType
@PluginType(PluginType.FEATURES)
public interface FeatureProcessing extends NetworkPart {

  /** Channels C' of the head's input for a level with C channels. */
  int inputChannels(int channels, Settings settings);

  /** Creates the layer, which serves all levels. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built feature processing. */
  @FunctionalInterface
  interface Layer {
    /**
     * Processes the features of one level.
     *
     * @param features (N,C,h,w)
     * @param stride the level: 2, 4, 8 or 16
     * @return target (N,C,h,w) and input (N,C',h,w)
     */
    Processed forward(NDArray features, int stride, Pass pass);
  }

  /**
   * A processed level.
   *
   * @param target what the network reconstructs; if it depends on parameters, the loss must keep it
   *     from collapsing
   * @param input what the pixel decoder gets
   */
  record Processed(NDArray target, NDArray input) {}
}
