/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Makes the first queries of the decoder. */
@ConsumerType
@PluginType(PluginType.QUERY)
public interface QueryProcessor extends NetworkPart {

  /**
   * Creates the layer from the coarsest decoded map (N,D,h,w) to the queries (N,L,D).
   *
   * @param scope the predictor's scope
   * @param projector creates the chosen {@link QueryProjector}; a processor that ignores the sample
   *     does not call it
   */
  Layer create(ParameterScope scope, NetworkShape shape, Projector projector, Settings settings);

  /** Creates the chosen projector, which belongs inside the processor. */
  @FunctionalInterface
  interface Projector {
    /** Creates it in a scope. */
    Layer create(ParameterScope scope);
  }
}
