/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.plugin;

import ai.djl.ndarray.NDArray;
import uniass.api.network.GatedCnn;
import uniass.api.network.LayerShape;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** The gated CNN of a bundle that comes and goes: one 1x1 convolution. */
public final class DroppedCnn implements GatedCnn {

  @Override
  public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
    int outputs = shape.outputChannels();
    NDArray weight =
        scope.parameter("weight", Init.fanInXavier(), outputs, shape.inputChannels(), 1, 1);
    NDArray bias = scope.parameter("bias", Init.zeros(), outputs);
    return (x, pass) -> Ops.convSame(x, weight, bias);
  }
}
