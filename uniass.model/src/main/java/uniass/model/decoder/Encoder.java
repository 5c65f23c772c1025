/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.Constants;
import uniass.model.layer.NeighborMask;
import uniass.model.layer.Norm;
import uniass.model.layer.PositionCode;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** The Transformer encoder over the pixels of the coarsest level. */
final class Encoder implements Layer {

  private final int height;
  private final int width;
  private final List<EncoderLayer> layers;
  private final Norm norm;
  private final NDArray position;

  Encoder(ParameterScope scope, NetworkShape shape, int count, BlockSettings settings) {
    height = shape.gridHeight();
    width = shape.gridWidth();
    int hidden = shape.hidden();
    NDArray mask = NeighborMask.create(scope.manager(), height, width, settings.neighborMask());
    List<EncoderLayer> created = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      created.add(new EncoderLayer(scope.child("layers." + k), hidden, settings, mask));
    }
    layers = List.copyOf(created);
    norm = settings.preNorm() ? new Norm(scope.child("norm"), hidden) : null;
    position =
        Constants.create(
            scope.manager(),
            PositionCode.tokens(height, width, hidden),
            1,
            shape.queries(),
            hidden);
  }

  /** Encodes (N,D,h,w). */
  @Override
  public NDArray forward(NDArray image, Pass pass) {
    pass.probe("pe", position);
    NDArray x = Ops.toTokens(image);
    for (int k = 0; k < layers.size(); k++) {
      x = pass.probe("encoder.layer" + k, layers.get(k).forward(x, position, pass));
    }
    x = norm == null ? x : norm.layer(x);
    return pass.probe("encoder_output", Ops.toImage(x, height, width));
  }
}
