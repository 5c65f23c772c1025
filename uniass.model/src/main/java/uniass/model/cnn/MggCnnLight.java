/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.cnn;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.GatedCnn;
import uniass.api.network.LayerShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.model.layer.Convolution;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Scopes;

/** The light multi-granularity gated CNN: all 3x3 branches share their first convolution. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "mgg-cnn-light",
    description = "mgg-cnn whose branches of two and three share the first 3x3 convolution")
public final class MggCnnLight implements GatedCnn {

  @Override
  public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
    int width = shape.outputChannels();
    Convolution point = Convolution.xavier(scope.child("conv0"), shape.inputChannels(), width, 1);
    Convolution first = Convolution.xavier(scope.child("conv1"), shape.inputChannels(), width, 3);
    Convolution two = Convolution.xavier(scope.child("conv2.1"), width, width, 3);
    Convolution three = Convolution.xavier(scope.child("conv3.1"), width, width, 3);
    Convolution last = Convolution.xavier(scope.child("conv3.2"), width, width, 3);
    return (input, pass) ->
        Scopes.keepOne(
            () -> {
              NDArray shared = first.forward(input, pass);
              return Ops.gelu(point.forward(input, pass))
                  .add(Ops.gelu(shared))
                  .add(Ops.gelu(two.forward(shared, pass)))
                  .add(Ops.gelu(last.forward(three.forward(shared, pass), pass)));
            });
  }
}
