/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Normalization;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;

/** The map of one image, alone in its batch, resized as a whole whatever its model does else. */
public final class WholeMap {

  private WholeMap() {}

  /**
   * Computes it.
   *
   * @param format whose size the network takes
   */
  public static AnomalyMap of(
      Images images,
      Pixels image,
      ImageFormat format,
      Normalization normalization,
      Pipeline.Network network) {
    Preparation preparation =
        new Preparation(
            images,
            format.withSize(format.height(), format.width(), Resize.PIL_BILINEAR),
            normalization,
            Optional.empty());
    AtomicReference<AnomalyMap> found = new AtomicReference<>();
    new Pipeline(network)
        .runHere(
            ImageSource.here(List.of(image), Decoded.Image::new, preparation, 1),
            (same, map) -> found.set(map));
    return found.get();
  }
}
