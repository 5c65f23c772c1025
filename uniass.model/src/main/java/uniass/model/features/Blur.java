/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.features;

import ai.djl.ndarray.NDArray;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.tensor.Ops;

/** The Gaussian that smooths features: 3x3, sigma 1, border reflected. */
final class Blur {

  private static final int KERNEL = 3;
  private static final double SIGMA = 1;

  private Blur() {}

  static NDArray apply(NDArray features) {
    return Ops.gaussianBlur(features, KERNEL, SIGMA);
  }

  /** A reflected border needs two cells a side. */
  static List<String> refusals(NetworkShape shape) {
    if (shape.gridHeight() >= 2 && shape.gridWidth() >= 2) {
      return List.of();
    }
    return List.of(
        "blurred features need images of at least 32 x 32 px, not %d x %d: take larger images or 'features: none'"
            .formatted(shape.imageHeight(), shape.imageWidth()));
  }
}
