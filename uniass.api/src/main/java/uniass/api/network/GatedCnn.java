/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/**
 * The convolutional adaptor after the attention block of each decoder level: (N,C,h,w) to
 * (N,C',h,w), same height and width. The smallest plug-in:
 *
 * <pre>{@code
 * @Component(service = GatedCnn.class, scope = ServiceScope.PROTOTYPE)
 * @Plugin(name = "conv3x3", description = "one 3x3 convolution")
 * public final class Conv3x3 implements GatedCnn {
 *   public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
 *     int in = shape.inputChannels();
 *     int out = shape.outputChannels();
 *     NDArray weight = scope.parameter("weight", Init.xavierUniform(), out, in, 3, 3);
 *     NDArray bias = scope.parameter("bias", Init.zeros(), out);
 *     return (x, pass) -> Ops.convSame(x, weight, bias);
 *   }
 * }
 * }</pre>
 */
@ConsumerType
@PluginType(PluginType.GATED_CNN)
public interface GatedCnn extends NetworkPart {

  /** Creates one layer; called once per decoder level. */
  Layer create(ParameterScope scope, LayerShape shape, Settings settings);
}
