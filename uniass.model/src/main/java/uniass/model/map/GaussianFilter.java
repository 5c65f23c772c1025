/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFilter;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/**
 * Gaussian blur with kernel 3, 5, 7, 9 from coarse to fine (strides 16 to 2) and sigma = kernel /
 * 3.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "gaussian", description = "Gaussian blur, wider for finer levels (the paper)")
public final class GaussianFilter implements MapFilter {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (map, stride, pass) -> blurred(map, stride);
  }

  /** The blurred map of a level. */
  static NDArray blurred(NDArray map, int stride) {
    int kernel = 11 - 2 * Integer.numberOfTrailingZeros(stride);
    return Ops.gaussianBlur(map, kernel, kernel / 3.0);
  }
}
