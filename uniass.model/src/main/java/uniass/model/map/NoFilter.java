/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFilter;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;

/** Leaves maps as they are. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "none", description = "no filter")
public final class NoFilter implements MapFilter {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (map, stride, pass) -> map;
  }
}
