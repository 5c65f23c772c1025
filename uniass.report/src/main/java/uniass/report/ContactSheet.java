/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Small images of one category side by side. */
final class ContactSheet {

  private static final int EDGE = 112;
  private static final int GAP = 4;

  private ContactSheet() {}

  /** Draws a row. */
  static BufferedImage row(List<Sample> samples) {
    int width = samples.size() * (EDGE + GAP) - GAP;
    BufferedImage sheet = new BufferedImage(width, EDGE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    int x = 0;
    for (Sample sample : samples) {
      BufferedImage small = EncodedImage.shrink(MapImages.image(sample.pixels()), EDGE);
      graphics.drawImage(
          small, x + (EDGE - small.getWidth()) / 2, (EDGE - small.getHeight()) / 2, null);
      x += EDGE + GAP;
    }
    graphics.dispose();
    return sheet;
  }
}
