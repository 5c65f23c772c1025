/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.features;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;

/** Target and input: the backbone's features. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "none", description = "reconstructs the backbone's features as they are")
public final class Unprocessed implements FeatureProcessing {

  @Override
  public int inputChannels(int channels, Settings settings) {
    return channels;
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (features, stride, pass) -> new Processed(features, features);
  }
}
