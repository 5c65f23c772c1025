package uniass.model.cnn;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.GatedCnn;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.model.layer.Convolution;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** One 3x3 convolution, no activation. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    type = PluginType.GATED_CNN,
    name = "conv3x3",
    description = "one 3x3 convolution, no activation")
public final class Conv3x3 implements GatedCnn {

  @Override
  public Layer create(
      ParameterScope scope, int inputChannels, int outputChannels, Settings settings) {
    return Convolution.uniform(scope, inputChannels, outputChannels, 3);
  }
}
