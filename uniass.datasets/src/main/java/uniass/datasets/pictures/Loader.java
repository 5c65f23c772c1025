package uniass.datasets.pictures;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import uniass.api.UniassException;
import uniass.api.data.Picture;
import uniass.api.data.PictureFormat;
import uniass.api.data.Pictures.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.datasets.pixels.Grey;
import uniass.datasets.pixels.PictureDecoder;
import uniass.datasets.pixels.Resizer;

/** Reads a picture, or the union of its masks, in the format's size. Errors name the file. */
final class Loader {

  private final PictureDecoder decoder;

  Loader(PictureDecoder decoder) {
    this.decoder = decoder;
  }

  Loaded picture(Path root, Picture picture, PictureFormat format) {
    String name = picture.path();
    byte[] bytes = decoder.read(file(root, name), name, format.maximumPixels());
    Pixels own = decoder.picture(bytes, name, format.maximumPixels());
    return new Loaded(resize(own, format, name), own.height(), own.width());
  }

  static Pixels resize(Pixels own, PictureFormat format, String name) {
    if (format.resize() == Resize.NONE
        && (own.height() != format.height() || own.width() != format.width())) {
      throw new UniassException(
          String.format(
              "%s: is %d x %d pixels (width x height), but the model takes %d x %d and resize is"
                  + " none; choose another resize, or resize the files",
              name, own.width(), own.height(), format.width(), format.height()));
    }
    return Resizer.resize(own, format.height(), format.width(), format.resize());
  }

  /**
   * The union of the masks in the format's size.
   *
   * @param own the loaded picture, whose size the masks must have; null to leave that unchecked
   */
  Mask mask(Path root, Picture picture, PictureFormat format, Loaded own) {
    return switch (picture.truth()) {
      case UNKNOWN -> null;
      case NORMAL -> filled(format.height(), format.width(), (byte) 0);
      case ALL_ANOMALOUS -> filled(format.height(), format.width(), (byte) 1);
      case MASKS -> {
        byte[] union = new byte[format.height() * format.width()];
        for (String name : picture.masks()) {
          Grey mask = grey(root, name, format.maximumPixels());
          if (own != null) {
            requireSize(mask, name, own.ownHeight(), own.ownWidth(), "its picture");
          }
          add(union, Resizer.nearest(mask, format.height(), format.width()), format);
        }
        yield new Mask(format.height(), format.width(), union);
      }
    };
  }

  /** The union of the masks in their own size, or in the picture's where there are none. */
  Mask ownSizeMask(Path root, Picture picture, PictureFormat format) {
    if (picture.masks().isEmpty()) {
      String name = picture.path();
      byte[] bytes = decoder.read(file(root, name), name, format.maximumPixels());
      Pixels own = decoder.picture(bytes, name, format.maximumPixels());
      return mask(
          root,
          picture,
          new PictureFormat(
              own.height(),
              own.width(),
              format.resize(),
              format.maskThreshold(),
              format.maximumPixels()),
          null);
    }
    byte[] union = null;
    Grey first = null;
    for (String name : picture.masks()) {
      Grey mask = grey(root, name, format.maximumPixels());
      if (first == null) {
        first = mask;
        union = new byte[mask.values().length];
      }
      requireSize(mask, name, first.height(), first.width(), picture.masks().get(0));
      add(union, mask, format);
    }
    return new Mask(first.height(), first.width(), union);
  }

  private Grey grey(Path root, String name, long maximumPixels) {
    return decoder.mask(decoder.read(file(root, name), name, maximumPixels), name, maximumPixels);
  }

  private static void requireSize(Grey mask, String name, int height, int width, String other) {
    if (mask.height() != height || mask.width() != width) {
      throw new UniassException(
          String.format(
              "%s: the mask is %d x %d pixels (width x height), but %s is %d x %d",
              name, mask.width(), mask.height(), other, width, height));
    }
  }

  private static void add(byte[] union, Grey mask, PictureFormat format) {
    for (int i = 0; i < union.length; i++) {
      if ((mask.values()[i] & 0xFF) > format.maskThreshold()) {
        union[i] = 1;
      }
    }
  }

  private static Mask filled(int height, int width, byte value) {
    byte[] values = new byte[height * width];
    java.util.Arrays.fill(values, value);
    return new Mask(height, width, values);
  }

  /** Resolves a name, which must stay below the root whoever listed it. */
  static Path file(Path root, String name) {
    try {
      Path file = root.resolve(name).normalize();
      if (file.startsWith(root.normalize())) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw new UniassException(name.replaceAll("\\p{Cntrl}", "?") + ": is no file name", e);
    }
    throw new UniassException(name + ": leads outside the data set's folder");
  }
}
