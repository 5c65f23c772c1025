/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Pixels;
import uniass.io.HeatMap;
import uniass.io.Overlay;

/** Draws what was seen. */
final class Renderings {

  private Renderings() {}

  /** As {@code predict --formats png} draws it. */
  static byte[] heatMap(AnomalyMap map, OptionalDouble threshold) {
    return HeatMap.png(map, threshold);
  }

  static byte[] mask(AnomalyMap map, double threshold) {
    return png(HeatMap.draw(map.atLeast(threshold)));
  }

  /** The image with the heat map over it, where it is near the threshold or above. */
  static byte[] overlay(Pixels pixels, AnomalyMap map, OptionalDouble threshold) {
    return png(Overlay.draw(pixels, map, threshold.orElse(map.max())));
  }

  static byte[] png(BufferedImage image) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
