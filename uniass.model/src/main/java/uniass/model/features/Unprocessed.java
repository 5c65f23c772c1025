package uniass.model.features;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.FeatureProcessing;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;

/** Target and input: the backbone's features. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    type = PluginType.FEATURES,
    name = "none",
    description = "reconstructs the backbone's features as they are")
public final class Unprocessed implements FeatureProcessing {

  @Override
  public int inputChannels(int channels) {
    return channels;
  }

  @Override
  public Processed process(NDArray features, Settings settings) {
    return new Processed(features, features);
  }
}
