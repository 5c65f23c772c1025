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

/** Query projector: three linear maps per pixel, ReLU between. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mlp3", description = "three linear maps per pixel, ReLU between")
public final class Mlp3Projector implements QueryProjector {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    int width = shape.hidden();
    Mlp mlp = new Mlp(scope, width, width, width, width);
    return (input, pass) -> mlp.forwardPixels(input);
  }
}
