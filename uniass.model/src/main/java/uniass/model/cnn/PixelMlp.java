/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.cnn;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.GatedCnn;
import uniass.api.network.LayerShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.model.layer.Mlp;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Three linear layers per pixel, ReLU between. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mlp", description = "three linear layers per pixel, ReLU between")
public final class PixelMlp implements GatedCnn {

  @Override
  public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
    int width = shape.outputChannels();
    Mlp mlp = new Mlp(scope, shape.inputChannels(), width, width, width);
    return (input, pass) -> mlp.forwardPixels(input);
  }
}
