package uniass.model.map;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFilter;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;

/** Gaussian blur with kernel 3, 5, 7, 9 from coarse to fine and sigma = kernel / 3. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    type = PluginType.MAP_FILTER,
    name = "gaussian",
    description = "Gaussian blur, wider for finer levels (the paper)")
public final class GaussianFilter implements MapFilter {

  @Override
  public NDArray filter(NDArray map, int level, Settings settings) {
    int kernel = 2 * level + 3;
    return Ops.gaussianBlur(map, kernel, kernel / 3.0);
  }
}
