/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Ops;
import uniass.tensor.Pass;

/**
 * A level below the coarsest: the level's normed projection plus the coarser map, enlarged, then a
 * normed convolution and ReLU.
 *
 * @param name of the projection among intermediate results
 * @param adapter the projection
 * @param layer the convolution
 */
public record PyramidLevel(String name, NormedConvolution adapter, NormedConvolution layer)
    implements Merge {

  @Override
  public NDArray forward(NDArray input, NDArray coarser, Pass pass) {
    int height = (int) input.getShape().get(2);
    int width = (int) input.getShape().get(3);
    NDArray sum =
        pass.scoped(
            () ->
                pass.probe(name, adapter.forward(input, pass))
                    .add(Ops.resizeBilinear(coarser, height, width, false)));
    return Ops.relu(layer.forward(sum, pass));
  }
}
