/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.io.ForeignContent;

/**
 * Decodes image files: PNG, JPEG, BMP, TIFF, GIF and lossless WebP, recognized by their first
 * bytes.
 *
 * <p>16 bits become 8 by dropping the lower ones (or by {@link ImageFormat#depth}), an image's
 * transparency and color profiles are dropped, gray is replicated to three channels: as OpenCV's
 * color reading does. EXIF's orientation is applied. Damaged, truncated and too large files are
 * refused. Safe for use by several threads.
 */
public final class ImageDecoder {

  private final Jpeg jpeg = new Jpeg(builtIn("jpeg"));
  private final ImageIoDecoder bmp = new ImageIoDecoder(builtIn("bmp"), "BMP");
  private final ImageIoDecoder tiff = new ImageIoDecoder(new TIFFImageReaderSpi(), "TIFF");
  private final ImageIoDecoder gif = new ImageIoDecoder(builtIn("gif"), "GIF");
  private final ImageIoDecoder webp = WebP.decoder();

  private static ImageReaderSpi builtIn(String format) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getPluginClassName().startsWith("com.sun.imageio.plugins." + format + ".")) {
        return spi;
      }
    }
    throw new IllegalStateException("this Java has no reader for " + format);
  }

  /**
   * Reads a file.
   *
   * @param name what errors call it
   * @param maximumPixels largest image that is decoded; no file of more than 8 bytes for each of
   *     these is read either
   */
  public byte[] read(Path file, String name, long maximumPixels) {
    try {
      if (Files.isDirectory(file)) {
        throw new UniassException(Problem.shown(name) + ": it is a folder");
      }
      long size = Files.size(file);
      if (size == 0) {
        throw new UniassException(Problem.shown(name) + ": the file is empty (0 bytes)");
      }
      if (size > Math.min(Integer.MAX_VALUE - 8L, maximumPixels * 8 + (16 << 20))) {
        throw new UniassException(
            String.format(
                Locale.ROOT,
                "%s: a file of %.1f GB is not an image of at most %.1f megapixels",
                Problem.shown(name),
                size / 1e9,
                maximumPixels / 1e6));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UniassException(Problem.shown(name) + ": the file is missing", e);
    } catch (AccessDeniedException e) {
      throw new UniassException(Problem.shown(name) + ": cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new UniassException(
          Problem.shown(name) + ": cannot be read: " + ImageIoDecoder.reason(e), e);
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    }
  }

  /**
   * Decodes an image in its own size, upright.
   *
   * @param format whose limit and depth count
   */
  public Decoded image(byte[] bytes, String name, ImageFormat format) {
    return decoded(name, () -> decode(bytes, Limit.of(format), false).image());
  }

  /**
   * Decodes a mask in its own size, upright: 8-bit gray; a value above 0 never becomes 0. Of a mask
   * of one color the alpha channel decides.
   */
  public Decoded mask(byte[] bytes, String name, ImageFormat format) {
    return decoded(name, () -> decode(bytes, Limit.of(format), true).mask());
  }

  /** The size of an image, upright, from its header. */
  public Size size(byte[] bytes, String name, long maximumPixels) {
    try {
      return size(bytes, new Limit(maximumPixels, 16));
    } catch (Unreadable e) {
      throw new UniassException(Problem.shown(name) + ": " + e.getMessage(), e);
    }
  }

  private Size size(byte[] bytes, Limit limit) throws Unreadable {
    if (Png.matches(bytes)) {
      return Png.size(bytes, limit);
    }
    if (JpegSegments.matches(bytes)) {
      JpegSegments segments = JpegSegments.read(bytes, limit);
      return new Size(segments.height(), segments.width()).upright(segments.orientation());
    }
    int orientation = isTiff(bytes) ? Exif.orientation(bytes, 0, bytes.length) : 1;
    return other(bytes).size(bytes, limit).upright(orientation);
  }

  private interface Decoding {
    Decoded run() throws Unreadable;
  }

  private static Decoded decoded(String name, Decoding decoding) {
    try {
      return decoding.run();
    } catch (Unreadable e) {
      throw new UniassException(Problem.shown(name) + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    }
  }

  private static UniassException tooLarge(String name, OutOfMemoryError e) {
    return new UniassException(
        Problem.shown(name)
            + ": too large for the memory that Java may use; raise -Xmx or lower maximum-pixels",
        e);
  }

  private Plane decode(byte[] bytes, Limit limit, boolean mask) throws Unreadable {
    if (Png.matches(bytes)) {
      return Png.decode(bytes, limit, mask);
    }
    if (JpegSegments.matches(bytes)) {
      return jpeg.decode(bytes, limit);
    }
    Plane plane = other(bytes).decode(bytes, limit, mask);
    return isTiff(bytes) ? plane.with(turned(plane.traits(), bytes)) : plane;
  }

  private static Traits turned(Traits own, byte[] tiff) {
    int orientation = Exif.orientation(tiff, 0, tiff.length);
    return new Traits(own.bits(), own.largest(), own.transparent(), orientation);
  }

  private static boolean isTiff(byte[] bytes) {
    return begins(bytes, 0, "II*\0") || begins(bytes, 0, "MM\0*");
  }

  private ImageIoDecoder other(byte[] bytes) throws Unreadable {
    if (begins(bytes, 0, "BM")) {
      return bmp;
    }
    if (isTiff(bytes)) {
      return tiff;
    }
    if (begins(bytes, 0, "GIF8")) {
      return gif;
    }
    if (WebP.matches(bytes)) {
      WebP.requireLossless(bytes);
      return webp;
    }
    throw new Unreadable(
        "not an image"
            + ForeignContent.of(bytes)
                .map(what -> " but " + what)
                .orElse("; PNG, JPEG, BMP, TIFF, GIF and lossless WebP are read"));
  }

  private static boolean begins(byte[] bytes, int at, String text) {
    if (bytes.length < at + text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
