package org.example.ablation;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.GatedCnn;
import uniass.api.network.LayerShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** One 3x3 convolution, each of whose outputs a 1x1 convolution opens or shuts. */
@Component(service = GatedCnn.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "sigmoid-gate",
    description = "conv3x3(x) * sigmoid(conv1x1(x))")
public final class SigmoidGate implements GatedCnn {

  @Override
  public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
    int in = shape.inputChannels();
    int out = shape.outputChannels();
    ParameterScope value = scope.child("value");
    ParameterScope gate = scope.child("gate");
    NDArray valueWeight = value.parameter("weight", Init.fanInXavier(), out, in, 3, 3);
    NDArray valueBias = value.parameter("bias", Init.zeros(), out);
    NDArray gateWeight = gate.parameter("weight", Init.fanInXavier(), out, in, 1, 1);
    NDArray gateBias = gate.parameter("bias", Init.zeros(), out);
    return (x, pass) ->
        Ops.convSame(x, valueWeight, valueBias)
            .mul(Ops.sigmoid(Ops.convSame(x, gateWeight, gateBias)));
  }
}
