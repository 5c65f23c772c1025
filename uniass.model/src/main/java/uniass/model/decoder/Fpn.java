/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.NetworkShape;
import uniass.api.network.PixelDecoder;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Scopes;

/** A feature pyramid without encoder. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "fpn", description = "a feature pyramid without encoder")
public final class Fpn implements PixelDecoder {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    Pyramid pyramid = new Pyramid(scope, shape);
    int inputs = shape.inputChannels().get(0);
    NormedConvolution layer4 =
        new NormedConvolution(scope.child("layer_4"), inputs, shape.hidden(), 3);
    return (levels, pass) -> {
      NDArray coarsest = Scopes.keepOne(() -> Ops.relu(layer4.forward(levels.get(0), pass)));
      return pyramid.forward(levels, pass.probe("fpn_y4", coarsest), pass);
    };
  }
}
