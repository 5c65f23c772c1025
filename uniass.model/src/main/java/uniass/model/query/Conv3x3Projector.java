/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.query;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.NetworkShape;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.model.layer.Convolution;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Query projector: one 3x3 convolution. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "conv3x3", description = "one 3x3 convolution")
public final class Conv3x3Projector implements QueryProjector {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return Convolution.uniform(scope, shape.hidden(), shape.hidden(), 3);
  }
}
