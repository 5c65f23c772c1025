/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.query;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.NetworkShape;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.model.layer.Mlp;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Query projector: one linear map per pixel. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mlp1", description = "one linear map per pixel")
public final class Mlp1Projector implements QueryProjector {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    Mlp mlp = new Mlp(scope, shape.hidden(), shape.hidden());
    return (input, pass) -> mlp.forwardPixels(input);
  }
}
