package uniass.model.map;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFilter;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;

/** Leaves maps as they are. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(type = PluginType.MAP_FILTER, name = "none", description = "no filter")
public final class NoFilter implements MapFilter {

  @Override
  public NDArray filter(NDArray map, int level, Settings settings) {
    return map;
  }
}
