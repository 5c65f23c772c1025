/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFusion;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Arithmetic mean of all maps. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mean", description = "mean of the levels' maps")
public final class MeanFusion implements MapFusion {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (maps, pass) ->
        Ops.mul(maps.stream().reduce(NDArray::add).orElseThrow(), 1.0 / maps.size());
  }
}
