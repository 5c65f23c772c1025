/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Images as data URIs, so that the report is one file. */
final class EncodedImage {

  private static final float QUALITY = 0.85f;

  private EncodedImage() {}

  /** Without loss: for masks and maps. */
  static String png(BufferedImage image) {
    return "data:image/png;base64," + encode(image, "png", Float.NaN);
  }

  /** Small: for photographs. */
  static String jpeg(BufferedImage image) {
    return "data:image/jpeg;base64," + encode(image, "jpeg", QUALITY);
  }

  /** Makes an image so small that neither side is longer than wanted. */
  static BufferedImage shrink(BufferedImage image, int longest) {
    int larger = Math.max(image.getWidth(), image.getHeight());
    if (larger <= longest) {
      return image;
    }
    // Halving first: one bilinear step over a large factor would skip pixels.
    BufferedImage from = larger >= 4 * longest ? shrink(image, larger / 2) : image;
    double factor = (double) longest / larger;
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(from, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  private static String encode(BufferedImage image, String format, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (!Float.isNaN(quality)) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
