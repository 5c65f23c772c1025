package uniass.datasets.pictures;

import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import uniass.api.UniassException;
import uniass.api.data.Picture;
import uniass.api.data.PictureFormat;
import uniass.api.data.Pictures.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.datasets.cache.Cache;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.pixels.Grey;
import uniass.datasets.pixels.PictureDecoder;
import uniass.datasets.pixels.Resizer;

/**
 * Reads a picture, or the union of its masks, in the format's size: from the cache where it has
 * them, by the content of the file and what was made of it. Errors name the file.
 */
final class Loader {

  /** Changes when decoding or resizing gives other bytes than before. */
  private static final int VERSION = 1;

  private static final int HEAD = 8;

  private final PictureDecoder decoder;
  private final Cache cache;
  private final FileContents contents;

  Loader(PictureDecoder decoder, Cache cache) {
    this.decoder = decoder;
    this.cache = cache;
    this.contents = new FileContents(decoder, cache);
  }

  Loaded picture(Path root, Picture picture, PictureFormat format) {
    String name = picture.path();
    String made =
        "picture %d %d %d %s".formatted(VERSION, format.height(), format.width(), format.resize());
    return load(
        root,
        name,
        format,
        made,
        3,
        bytes -> {
          Pixels own = decoder.picture(bytes, name, format.maximumPixels());
          return new Loaded(resize(own, format, name), own.height(), own.width());
        });
  }

  /** A mask in the format's size, grey: its values stand for the three channels of a picture. */
  Loaded grey(Path root, String name, PictureFormat format) {
    String made = "mask %d %d %d".formatted(VERSION, format.height(), format.width());
    return load(
        root,
        name,
        format,
        made,
        1,
        bytes -> {
          Grey own = decoder.mask(bytes, name, format.maximumPixels());
          Grey small = Resizer.nearest(own, format.height(), format.width());
          return new Loaded(
              new Pixels(small.height(), small.width(), small.values()), own.height(), own.width());
        });
  }

  /** Makes something of a file's bytes. */
  @FunctionalInterface
  private interface Making {
    Loaded of(byte[] bytes);
  }

  private Loaded load(
      Path root, String name, PictureFormat format, String made, int channels, Making making) {
    Path file = file(root, name);
    if (cache == Cache.OFF) {
      return making.of(decoder.read(file, name, format.maximumPixels()));
    }
    FileContents.Content content = contents.of(file, name, format.maximumPixels());
    CacheKey key = content.key().with(made);
    int size = format.height() * format.width() * channels;
    ByteBuffer found = cache.find(key);
    if (found != null && found.remaining() == HEAD + size) {
      int ownHeight = found.getInt();
      int ownWidth = found.getInt();
      if ((long) ownHeight * ownWidth <= format.maximumPixels()) {
        byte[] values = new byte[size];
        found.get(values);
        return new Loaded(new Pixels(format.height(), format.width(), values), ownHeight, ownWidth);
      }
    }
    byte[] bytes = content.bytes();
    if (bytes == null) {
      bytes = decoder.read(file, name, format.maximumPixels());
      key = CacheKey.of(bytes).with(made);
    }
    Loaded loaded = making.of(bytes);
    cache.store(
        key,
        ByteBuffer.allocate(HEAD).putInt(loaded.ownHeight()).putInt(loaded.ownWidth()).flip(),
        ByteBuffer.wrap(loaded.pixels().rgb()));
    return loaded;
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
          Loaded mask = grey(root, name, format);
          if (own != null
              && (mask.ownHeight() != own.ownHeight() || mask.ownWidth() != own.ownWidth())) {
            throw otherSize(name, mask, own);
          }
          add(union, mask.pixels().rgb(), format.maskThreshold());
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
      PictureFormat ownFormat =
          new PictureFormat(
              own.height(),
              own.width(),
              format.resize(),
              format.maskThreshold(),
              format.maximumPixels());
      return mask(root, picture, ownFormat, null);
    }
    Mask union = null;
    for (String name : picture.masks()) {
      byte[] bytes = decoder.read(file(root, name), name, format.maximumPixels());
      Grey mask = decoder.mask(bytes, name, format.maximumPixels());
      if (union == null) {
        union = new Mask(mask.height(), mask.width(), new byte[mask.values().length]);
      } else if (mask.height() != union.height() || mask.width() != union.width()) {
        throw otherSize(
            name,
            mask.height(),
            mask.width(),
            picture.masks().get(0),
            union.height(),
            union.width());
      }
      add(union.values(), mask.values(), format.maskThreshold());
    }
    return union;
  }

  static UniassException otherSize(String name, Loaded mask, Loaded picture) {
    return otherSize(
        name,
        mask.ownHeight(),
        mask.ownWidth(),
        "its picture",
        picture.ownHeight(),
        picture.ownWidth());
  }

  private static UniassException otherSize(
      String name, int height, int width, String other, int otherHeight, int otherWidth) {
    return new UniassException(
        String.format(
            "%s: the mask is %d x %d pixels (width x height), but %s is %d x %d",
            name, width, height, other, otherWidth, otherHeight));
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
