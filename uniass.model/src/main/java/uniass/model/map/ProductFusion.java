package uniass.model.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFusion;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;

/** Product of all maps. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    type = PluginType.FUSION,
    name = "product",
    description = "product of the levels' maps (the paper)")
public final class ProductFusion implements MapFusion {

  @Override
  public NDArray fuse(NDList maps, Settings settings) {
    return maps.stream().reduce(NDArray::mul).orElseThrow();
  }
}
