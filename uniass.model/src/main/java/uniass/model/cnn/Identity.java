package uniass.model.cnn;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.GatedCnn;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** No gated CNN at all. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    type = PluginType.GATED_CNN,
    name = "identity",
    description = "nothing: tokens pass as they are")
public final class Identity implements GatedCnn {

  @Override
  public Layer create(
      ParameterScope scope, int inputChannels, int outputChannels, Settings settings) {
    if (inputChannels != outputChannels) {
      throw new IllegalArgumentException(
          "gated CNN 'identity' keeps %d channels and cannot make %d"
              .formatted(inputChannels, outputChannels));
    }
    return (input, pass) -> input;
  }
}
