package uniass.model.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFusion;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;

/** Arithmetic mean of all maps. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(type = PluginType.FUSION, name = "mean", description = "mean of the levels' maps")
public final class MeanFusion implements MapFusion {

  @Override
  public NDArray fuse(NDList maps, Settings settings) {
    return Ops.mul(maps.stream().reduce(NDArray::add).orElseThrow(), 1.0 / maps.size());
  }
}
