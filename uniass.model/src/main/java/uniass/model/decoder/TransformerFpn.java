/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.NetworkShape;
import uniass.api.network.PixelDecoder;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.Convolution;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** A feature pyramid on top of a Transformer encoder. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "transformer-fpn",
    description = "Transformer encoder on the coarsest level, then a feature pyramid (the paper)")
public final class TransformerFpn implements PixelDecoder {

  private static final String LAYERS = "layers";

  @Override
  public List<Setting> settings() {
    List<Setting> settings = new ArrayList<>(BlockSettings.declare(0));
    settings.add(Setting.integer(LAYERS, 3, 1, 99, "encoder layers"));
    return List.copyOf(settings);
  }

  @Override
  public List<String> refusals(NetworkShape shape, Settings settings) {
    return BlockSettings.of(settings)
        .refusals("pixel decoder", shape.hidden(), shape.gridHeight(), shape.gridWidth());
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    Pyramid pyramid = new Pyramid(scope, shape);
    int hidden = shape.hidden();
    int inputs = shape.inputChannels().get(0);
    Convolution project = Convolution.projection(scope.child("input_proj"), inputs, hidden);
    Encoder encoder =
        new Encoder(
            scope.child("transformer.encoder"),
            shape,
            settings.integer(LAYERS),
            BlockSettings.of(settings));
    Convolution layer4 = Convolution.unbiased(scope.child("layer_4"), hidden, hidden, 3);
    return new Built(pyramid, project, encoder, layer4);
  }

  private record Built(Pyramid pyramid, Convolution project, Encoder encoder, Convolution layer4)
      implements Layer {

    @Override
    public NDList forward(NDList inputs, Pass pass) {
      NDArray coarsest =
          Scopes.keepOne(
              () -> {
                NDArray x = project.forward(inputs.get(0), pass);
                x = encoder.forward(pass.probe("input_proj", x), pass);
                return pass.probe("fpn_y4", Ops.relu(layer4.forward(x, pass)));
              });
      return pyramid.forward(inputs, coarsest, pass);
    }
  }
}
