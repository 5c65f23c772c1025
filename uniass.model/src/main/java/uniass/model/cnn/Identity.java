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

/** No gated CNN at all. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "identity", description = "nothing: tokens pass as they are")
public final class Identity implements GatedCnn {

  @Override
  public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
    if (shape.inputChannels() != shape.outputChannels()) {
      throw new IllegalArgumentException(
          "gated CNN 'identity' keeps %d channels and cannot make %d"
              .formatted(shape.inputChannels(), shape.outputChannels()));
    }
    return (input, pass) -> input;
  }
}
