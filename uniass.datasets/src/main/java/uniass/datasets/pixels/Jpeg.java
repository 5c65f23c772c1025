/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decodes JPEG with the JDK's libjpeg, whose defaults (slow integer DCT, fancy upsampling) give the
 * bytes that libjpeg-turbo gives in OpenCV and Pillow.
 */
final class Jpeg {

  private static final ImageTypeSpecifier RGB =
      ImageTypeSpecifier.createInterleaved(
          ColorSpace.getInstance(ColorSpace.CS_sRGB),
          new int[] {0, 1, 2},
          DataBuffer.TYPE_BYTE,
          false,
          false);

  private final ImageReaderSpi spi;

  Jpeg(ImageReaderSpi spi) {
    this.spi = spi;
  }

  Plane decode(byte[] bytes, Limit limit) throws Unreadable {
    JpegSegments segments = JpegSegments.read(bytes, limit);
    AtomicReference<String> warning = new AtomicReference<>();
    Plane plane;
    ImageReader reader = null;
    try {
      reader = spi.createReaderInstance();
      reader.addIIOReadWarningListener(
          (source, text) -> {
            if (text.toLowerCase(java.util.Locale.ROOT).contains("premature end")) {
              warning.compareAndSet(null, text);
            }
          });
      reader.setInput(new BytesInput(segments.stripped()), true, true);
      plane =
          segments.components() == 4
              ? fromCmyk(reader.readRaster(0, null), segments)
              : read(reader, segments);
    } catch (IOException | RuntimeException e) {
      throw new Unreadable("a damaged JPEG: " + ImageIoDecoder.reason(e), e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
    if (warning.get() != null) {
      throw new Unreadable("a truncated JPEG: the image data ends early");
    }
    return plane.with(new Traits(8, 255, false, segments.orientation()));
  }

  private static Plane read(ImageReader reader, JpegSegments segments)
      throws IOException, Unreadable {
    if (segments.components() != 3) {
      return ImageIoDecoder.plane(reader.read(0), 8, false);
    }
    // in libjpeg's order of colors, so that rows are copied as they are
    BufferedImage image = RGB.createBufferedImage(segments.width(), segments.height());
    ImageReadParam into = reader.getDefaultReadParam();
    into.setDestination(image);
    reader.read(0, into);
    byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    return new Plane(segments.width(), segments.height(), 3, data, null, Traits.PLAIN);
  }

  /** CMYK to RGB without a color profile, as Pillow does it. */
  private static Plane fromCmyk(Raster raster, JpegSegments segments) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    Plane plane = Plane.of(width, height, 3);
    int[] row = new int[4 * width];
    int o = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i += 4) {
        if (segments.ycck()) {
          Cmyk.fromYcck(row, i);
        }
        if (segments.adobe()) {
          for (int c = 0; c < 4; c++) {
            row[i + c] = 255 - row[i + c];
          }
        }
        Cmyk.toRgb(row, i, plane.data(), o);
        o += 3;
      }
    }
    return plane;
  }
}
