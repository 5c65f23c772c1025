/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.features;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Target: the blurred features. Input: blurred features and what the blur took away. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "gaussian-residual",
    description = "reconstructs blurred features from them and their residual (the paper)")
public final class GaussianResidual implements FeatureProcessing {

  @Override
  public int inputChannels(int channels, Settings settings) {
    return 2 * channels;
  }

  @Override
  public List<String> refusals(NetworkShape shape, Settings settings) {
    return Blur.refusals(shape);
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (features, stride, pass) -> {
      NDArray smooth = Blur.apply(features);
      return new Processed(smooth, Ops.concat(1, smooth, features.sub(smooth)));
    };
  }
}
