/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import uniass.api.data.Batch;
import uniass.api.network.AnomalyNetwork.Painted;
import uniass.api.network.NetworkShape;
import uniass.tensor.TensorValues;

/** The images of a batch with synthetic defects, as tensors. */
final class PaintedTwins {

  private PaintedTwins() {}

  /** Makes images (N,3,H,W) and masks (N,1,H,W), if the batch has some. */
  static Optional<Painted> of(Batch batch, NetworkShape shape, NDManager manager) {
    return batch.painted().map(twins -> tensors(twins, shape, manager));
  }

  private static Painted tensors(Batch twins, NetworkShape shape, NDManager manager) {
    int height = shape.imageHeight();
    int width = shape.imageWidth();
    float[] masks = new float[twins.size() * height * width];
    for (int i = 0, at = 0; i < twins.size(); i++) {
      for (byte value : twins.masks().get(i).orElseThrow().values()) {
        masks[at++] = value;
      }
    }
    return new Painted(
        manager.create(twins.values(), new Shape(twins.size(), 3, height, width), DataType.FLOAT32),
        TensorValues.create(manager, masks, twins.size(), 1, height, width));
  }
}
