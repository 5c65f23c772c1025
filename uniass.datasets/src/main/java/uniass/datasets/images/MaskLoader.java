/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.file.Path;
import java.util.Arrays;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Mask;
import uniass.api.data.PixelTruth;
import uniass.datasets.pixels.Decoded;
import uniass.datasets.pixels.Size;

/** Reads what is known about an image's pixels: the union of its masks. */
record MaskLoader(Loader loader) {

  /**
   * The union of the masks in the format's size.
   *
   * @param own the loaded image, whose size the masks must have; null to leave that unchecked
   */
  Mask mask(Path root, Image image, ImageFormat format, Loaded own) {
    return switch (image.truth()) {
      case UNKNOWN -> null;
      case NORMAL -> filled(format.height(), format.width(), (byte) 0);
      case ALL_ANOMALOUS -> filled(format.height(), format.width(), (byte) 1);
      case MASKS -> {
        byte[] union = new byte[format.height() * format.width()];
        for (String name : image.masks()) {
          Loaded mask = loader.gray(root, name, image.tile(), format);
          if (own != null && !Extent.of(mask).fits(Extent.of(own))) {
            throw otherSize(name, Extent.of(mask), "its image", Extent.of(own));
          }
          add(union, mask.pixels().rgb(), format.maskThreshold());
        }
        yield new Mask(format.height(), format.width(), union);
      }
    };
  }

  /** The union of the masks in their own size, or in the image's if there are none. */
  Mask ownSizeMask(Path root, Image image, ImageFormat format) {
    if (image.truth() == PixelTruth.UNKNOWN) {
      return null;
    }
    if (image.masks().isEmpty()) {
      Size own = loader.size(root, image.path(), format.maximumPixels());
      byte value = (byte) (image.truth() == PixelTruth.NORMAL ? 0 : 1);
      return filled(own.height(), own.width(), value);
    }
    Mask union = null;
    for (String name : image.masks()) {
      Decoded mask = loader.ownGray(root, name, format);
      if (union == null) {
        union = new Mask(mask.height(), mask.width(), new byte[mask.values().length]);
      } else if (mask.height() != union.height() || mask.width() != union.width()) {
        throw otherSize(
            name,
            new Extent(mask.height(), mask.width(), mask.traits().orientation()),
            image.masks().get(0),
            new Extent(union.height(), union.width(), 1));
      }
      add(union.values(), mask.values(), format.maskThreshold());
    }
    return union;
  }

  /**
   * The error of a mask that has another size than its image, or than the masks before it.
   *
   * @param other what its size should be that of
   */
  static UniassException otherSize(String name, Extent mask, String other, Extent image) {
    boolean swapped = mask.height == image.width && mask.width == image.height;
    return new UniassException(
        String.format(
            "%s: the mask is %d x %d pixels (width x height), but %s is %d x %d%s",
            Problem.shown(name),
            mask.width,
            mask.height,
            other,
            image.width,
            image.height,
            swapped ? turned(mask.orientation, image.orientation) : ""));
  }

  private static String turned(int mask, int image) {
    if (mask >= 5 == image >= 5) {
      return "; one of them is turned by 90 degrees";
    }
    return mask >= 5
        ? "; EXIF turns the mask (orientation " + mask + ") and not the image; save it upright"
        : "; EXIF turns the image (orientation "
            + image
            + ") and not the mask; draw the mask on the upright image";
  }

  /**
   * A file's size, upright.
   *
   * @param orientation EXIF's, 1 to 8
   */
  record Extent(int height, int width, int orientation) {

    static Extent of(Loaded file) {
      return new Extent(file.ownHeight(), file.ownWidth(), file.traits().orientation());
    }

    boolean fits(Extent other) {
      return height == other.height && width == other.width;
    }
  }

  private static void add(byte[] union, byte[] mask, int threshold) {
    for (int i = 0; i < union.length; i++) {
      if ((mask[i] & 0xFF) > threshold) {
        union[i] = 1;
      }
    }
  }

  private static Mask filled(int height, int width, byte value) {
    byte[] values = new byte[height * width];
    Arrays.fill(values, value);
    return new Mask(height, width, values);
  }
}
