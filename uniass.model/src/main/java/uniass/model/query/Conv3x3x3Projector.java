/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.query;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.NetworkShape;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.model.cnn.TripleConvolution;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Query projector: three 3x3 convolutions, GELU last. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "conv3x3x3", description = "three 3x3 convolutions, GELU last")
public final class Conv3x3x3Projector implements QueryProjector {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return new TripleConvolution(scope, shape.hidden(), shape.hidden());
  }
}
