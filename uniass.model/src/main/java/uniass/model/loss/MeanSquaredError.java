/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.loss;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.LossTerm;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Mean of squared differences. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mse", description = "mean squared error of the features")
public final class MeanSquaredError implements LossTerm {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (reconstruction, target, stride, pass) -> Ops.meanSquaredError(reconstruction, target);
  }
}
