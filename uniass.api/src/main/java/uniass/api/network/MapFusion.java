/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * Fuses the levels' anomaly maps into one. The loss terms do not see the maps: a fusion that learns
 * needs a loss of one's own on {@link AnomalyNetwork#forward}.
 */
@ConsumerType
@PluginType(PluginType.FUSION)
public interface MapFusion extends NetworkPart {

  /** Creates the layer. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built fusion. */
  @FunctionalInterface
  interface Layer {
    /** Fuses maps (N,1,H/2,W/2), coarse to fine, into one of that shape. */
    NDArray forward(NDList maps, Pass pass);
  }
}
