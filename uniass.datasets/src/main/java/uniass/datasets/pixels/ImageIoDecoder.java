/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** Decodes what Image I/O has a reader for, without its color management. */
final class ImageIoDecoder {

  private final ImageReaderSpi spi;
  private final String name;

  /** Decodes with one reader, {@code name} being the format's. */
  ImageIoDecoder(ImageReaderSpi spi, String name) {
    this.spi = spi;
    this.name = name;
  }

  Plane decode(byte[] bytes, Limit limit, boolean mask) throws Unreadable {
    ImageReader reader = null;
    try {
      reader = spi.createReaderInstance();
      reader.setInput(new BytesInput(bytes), true, true);
      limit.check(reader.getWidth(0), reader.getHeight(0), bytes.length);
      return plane(reader.read(0), limit.depth(), mask);
    } catch (IOException | RuntimeException e) {
      throw new Unreadable("a damaged or unsupported " + name + ": " + reason(e), e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  Size size(byte[] bytes, Limit limit) throws Unreadable {
    ImageReader reader = null;
    try {
      reader = spi.createReaderInstance();
      reader.setInput(new BytesInput(bytes), true, true);
      limit.check(reader.getWidth(0), reader.getHeight(0));
      return new Size(reader.getHeight(0), reader.getWidth(0));
    } catch (IOException | RuntimeException e) {
      throw new Unreadable("a damaged or unsupported " + name + ": " + reason(e), e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  /** One line of what a reader complained about. */
  static String reason(Exception e) {
    Throwable deepest = e;
    while (deepest.getMessage() == null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof java.io.EOFException) {
      return "the file ends early";
    }
    String text =
        deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    return text.strip().lines().findFirst().orElse("unknown");
  }

  /**
   * Takes an image's samples as they are.
   *
   * @param depth bits that samples of more than 8 use
   * @param mask whether it is a mask, whose alpha is kept
   */
  static Plane plane(BufferedImage image, int depth, boolean mask) throws Unreadable {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    if (model instanceof IndexColorModel palette) {
      return fromPalette(raster, palette, new Samples(8, depth, mask));
    }
    if (!(model instanceof ComponentColorModel)) {
      return fromPacked(image, new Samples(8, depth, mask));
    }
    int space = model.getColorSpace().getType();
    int bands = raster.getNumBands();
    int bits = model.getComponentSize(0);
    int transfer = raster.getTransferType();
    if ((transfer != DataBuffer.TYPE_BYTE && transfer != DataBuffer.TYPE_USHORT) || bits > 16) {
      throw new Unreadable(
          "its samples are neither 8 nor 16 bits of whole numbers; convert it to 8 or 16 bits");
    }
    if (space == ColorSpace.TYPE_GRAY && bands <= 2) {
      return fromBands(raster, 1, new Samples(bits, depth, mask));
    }
    if (space == ColorSpace.TYPE_RGB && (bands == 3 || bands == 4)) {
      return fromBands(raster, 3, new Samples(bits, depth, mask));
    }
    if (space == ColorSpace.TYPE_CMYK && bands >= 4 && bits == 8) {
      return fromCmyk(raster);
    }
    throw new Unreadable(
        "its colors are neither gray, RGB nor CMYK (" + bands + " channels); convert it to RGB");
  }

  private static Plane fromBands(Raster raster, int channels, Samples samples) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    Plane plane = plane(raster, channels, bands > channels, samples);
    byte[] out = plane.data();
    int[] row = new int[bands * width];
    int o = 0;
    int pixel = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        for (int c = 0; c < channels; c++) {
          out[o++] = samples.color(row[i + c]);
        }
        if (bands > channels) {
          alpha(plane, pixel++, samples.alpha(row[i + channels]));
        }
      }
    }
    return plane.with(samples.traits(1));
  }

  private static Plane plane(Raster raster, int channels, boolean alpha, Samples samples) {
    Plane plane = Plane.of(raster.getWidth(), raster.getHeight(), channels);
    return alpha && samples.isMask() ? plane.withAlpha() : plane;
  }

  private static void alpha(Plane plane, int pixel, byte value) {
    if (plane.alpha() != null) {
      plane.alpha()[pixel] = value;
    }
  }

  private static Plane fromPalette(Raster raster, IndexColorModel palette, Samples samples) {
    int width = raster.getWidth();
    boolean gray = true;
    for (int i = 0; i < palette.getMapSize() && gray; i++) {
      gray = palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i);
    }
    Plane plane = plane(raster, gray ? 1 : 3, palette.hasAlpha(), samples);
    byte[] out = plane.data();
    int[] row = new int[width * raster.getNumBands()];
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int index = Math.min(row[x], palette.getMapSize() - 1);
        out[o++] = (byte) palette.getRed(index);
        if (!gray) {
          out[o++] = (byte) palette.getGreen(index);
          out[o++] = (byte) palette.getBlue(index);
        }
        if (palette.hasAlpha()) {
          alpha(plane, y * width + x, samples.alpha(palette.getAlpha(index)));
        }
      }
    }
    return plane.with(samples.traits(1));
  }

  /** Several samples in one word, such as 16-bit BMP; these models are RGB without a profile. */
  private static Plane fromPacked(BufferedImage image, Samples samples) {
    int width = image.getWidth();
    boolean alpha = image.getColorModel().hasAlpha();
    Plane plane = plane(image.getRaster(), 3, alpha, samples);
    byte[] out = plane.data();
    int[] row = new int[width];
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        out[o++] = (byte) (row[x] >> 16);
        out[o++] = (byte) (row[x] >> 8);
        out[o++] = (byte) row[x];
        if (alpha) {
          alpha(plane, y * width + x, samples.alpha(row[x] >>> 24));
        }
      }
    }
    return plane.with(samples.traits(1));
  }

  private static Plane fromCmyk(Raster raster) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    Plane plane = Plane.of(width, raster.getHeight(), 3);
    int[] row = new int[bands * width];
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        Cmyk.toRgb(row, i, plane.data(), o);
        o += 3;
      }
    }
    return plane;
  }
}
