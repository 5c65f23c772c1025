/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFusion;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;

/** Product of all maps. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "product", description = "product of the levels' maps (the paper)")
public final class ProductFusion implements MapFusion {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (maps, pass) -> maps.stream().reduce(NDArray::mul).orElseThrow();
  }
}
