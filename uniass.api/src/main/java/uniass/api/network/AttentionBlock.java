/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** The attention block of one decoder level. */
@ConsumerType
@PluginType(PluginType.ATTENTION)
public interface AttentionBlock extends NetworkPart {

  /** Creates the layer of one level; called once per level. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built block. */
  @FunctionalInterface
  interface Layer {
    /**
     * Computes the attention of the queries to a level's tokens.
     *
     * @param tokens queries (N,L,D)
     * @param source the level's tokens (N,L,D)
     * @param position sine position code (1,L,D) of keys
     * @param queryEmbedding learned code (L,D) of queries
     * @return (N,L,D)
     */
    NDArray forward(
        NDArray tokens, NDArray source, NDArray position, NDArray queryEmbedding, Pass pass);
  }
}
