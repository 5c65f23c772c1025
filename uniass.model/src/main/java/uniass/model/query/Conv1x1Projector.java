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

/** Query projector: one 1x1 convolution. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "conv1x1", description = "one 1x1 convolution")
public final class Conv1x1Projector implements QueryProjector {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return Convolution.uniform(scope, shape.hidden(), shape.hidden(), 1);
  }
}
