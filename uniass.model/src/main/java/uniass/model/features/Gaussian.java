package uniass.model.features;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;

/** Target and input: the blurred features. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    type = PluginType.FEATURES,
    name = "gaussian",
    description = "reconstructs blurred features from themselves")
public final class Gaussian implements FeatureProcessing {

  @Override
  public int inputChannels(int channels) {
    return channels;
  }

  @Override
  public List<String> refusals(NetworkShape shape, Settings settings) {
    return Blur.refusals(shape);
  }

  @Override
  public Processed process(NDArray features, Settings settings) {
    NDArray smooth = Blur.apply(features);
    return new Processed(smooth, smooth);
  }
}
