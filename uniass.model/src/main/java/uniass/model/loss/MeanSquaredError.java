package uniass.model.loss;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.LossTerm;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;

/** Mean of squared differences. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(type = PluginType.LOSS, name = "mse", description = "mean squared error of the features")
public final class MeanSquaredError implements LossTerm {

  @Override
  public NDArray compute(NDArray reconstruction, NDArray target, Settings settings) {
    return Ops.meanSquaredError(reconstruction, target);
  }
}
