/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.cnn;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.GatedCnn;
import uniass.api.network.LayerShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Three 3x3 convolutions, GELU last. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "conv3x3x3", description = "three 3x3 convolutions, GELU last")
public final class Conv3x3x3 implements GatedCnn {

  @Override
  public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
    return new TripleConvolution(scope, shape.inputChannels(), shape.outputChannels());
  }
}
