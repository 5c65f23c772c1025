/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Projects the coarsest decoded map (N,D,h,w) before it re-weights the queries; same shape. */
@ConsumerType
@PluginType(PluginType.QUERY_PROJECTOR)
public interface QueryProjector extends NetworkPart {

  /** Creates the layer. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);
}
