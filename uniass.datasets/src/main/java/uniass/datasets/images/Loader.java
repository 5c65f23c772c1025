package uniass.datasets.images;

import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Mask;
import uniass.api.data.PixelTruth;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.api.data.Tile;
import uniass.datasets.cache.Cache;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.pixels.Gray;
import uniass.datasets.pixels.ImageDecoder;
import uniass.datasets.pixels.Resizer;
import uniass.datasets.pixels.Size;

/**
 * Reads an image, or the union of its masks, in the format's size: from the cache where it has
 * them, by the content of the file and what was made of it. Errors name the file.
 */
final class Loader {

  /** Changes when decoding or resizing gives other bytes than before. */
  private static final int VERSION = 1;

  private static final int HEAD = 8;

  private final ImageDecoder decoder;
  private final Cache cache;
  private final FileContents contents;
  private final RecentImages recent = new RecentImages();

  Loader(ImageDecoder decoder, Cache cache) {
    this.decoder = decoder;
    this.cache = cache;
    this.contents = new FileContents(decoder, cache);
  }

  Loaded image(Path root, Image image, ImageFormat format) {
    String name = image.path();
    long limit = format.maximumPixels();
    return load(
        root,
        name,
        image.tile(),
        format,
        new Making(
            "image %d %d %d %s"
                .formatted(VERSION, format.height(), format.width(), format.resize()),
            3,
            bytes -> decoder.image(bytes, name, limit),
            pixels -> resize(pixels, format, name)));
  }

  /** A mask in the format's size; its gray values stand for the three channels of an image. */
  Loaded gray(Path root, String name, Tile tile, ImageFormat format) {
    long limit = format.maximumPixels();
    return load(
        root,
        name,
        tile,
        format,
        new Making(
            "mask %d %d %d".formatted(VERSION, format.height(), format.width()),
            1,
            bytes -> pixels(decoder.mask(bytes, name, limit)),
            own ->
                pixels(
                    Resizer.nearest(
                        new Gray(own.height(), own.width(), own.rgb()),
                        format.height(),
                        format.width()))));
  }

  private static Pixels pixels(Gray mask) {
    return new Pixels(mask.height(), mask.width(), mask.values());
  }

  /**
   * What is made of a file.
   *
   * @param name of what is made, with all that decides its bytes
   * @param channels bytes a pixel
   */
  private record Making(
      String name,
      int channels,
      Function<byte[], Pixels> decoding,
      UnaryOperator<Pixels> resizing) {

    String nameOf(Tile tile) {
      return tile == null
          ? name
          : name + " of %d %d %d %d".formatted(tile.y(), tile.x(), tile.height(), tile.width());
    }
  }

  private Loaded load(Path root, String name, Tile tile, ImageFormat format, Making making) {
    Path file = file(root, name);
    long limit = format.maximumPixels();
    FileContents.Content content = contents.of(file, name, limit);
    Loaded known = find(content.key(), making, tile, format);
    if (known != null) {
      return known;
    }
    byte[] read = content.bytes();
    CacheKey key = content.key();
    if (read == null && cache != Cache.OFF) {
      read = decoder.read(file, name, limit);
      key = CacheKey.of(read); // it may have changed since
    }
    byte[] bytes = read;
    Supplier<Pixels> decoding =
        () -> making.decoding.apply(bytes == null ? decoder.read(file, name, limit) : bytes);
    if (tile == null) {
      return make(key, making, null, decoding.get());
    }
    Pixels own = recent.get(List.of(key, making.channels), decoding);
    if (own.height() != tile.imageHeight() || own.width() != tile.imageWidth()) {
      throw new UniassException(
          String.format(
              "%s: is %d x %d pixels (width x height), but its tiles were laid out for %d x %d",
              ImageDecoder.shown(name),
              own.width(),
              own.height(),
              tile.imageWidth(),
              tile.imageHeight()));
    }
    if (cache != Cache.OFF) {
      // the other tiles will be asked for as well: once decoded, the image is done
      for (Tile other : tile.tiling().tiles(own.height(), own.width())) {
        if (!other.equals(tile) && find(key, making, other, format) == null) {
          make(key, making, other, own);
        }
      }
    }
    return make(key, making, tile, own);
  }

  private Loaded find(CacheKey content, Making making, Tile tile, ImageFormat format) {
    ByteBuffer found = cache.find(content.with(making.nameOf(tile)));
    int size = format.height() * format.width() * making.channels;
    if (found == null || found.remaining() != HEAD + size) {
      return null;
    }
    int ownHeight = found.getInt();
    int ownWidth = found.getInt();
    if ((long) ownHeight * ownWidth > format.maximumPixels()) {
      return null;
    }
    byte[] values = new byte[size];
    found.get(values);
    return new Loaded(new Pixels(format.height(), format.width(), values), ownHeight, ownWidth);
  }

  private Loaded make(CacheKey content, Making making, Tile tile, Pixels own) {
    Pixels part =
        tile == null
            ? own
            : new Pixels(tile.height(), tile.width(), tile.cut(own.rgb(), making.channels));
    Loaded loaded = new Loaded(making.resizing.apply(part), own.height(), own.width());
    cache.store(
        content.with(making.nameOf(tile)),
        ByteBuffer.allocate(HEAD).putInt(own.height()).putInt(own.width()).flip(),
        ByteBuffer.wrap(loaded.pixels().rgb()));
    return loaded;
  }

  /** The size of an image, upright, without decoding it. */
  Size size(Path root, String name, long maximumPixels) {
    FileContents.Content content = contents.of(file(root, name), name, maximumPixels);
    CacheKey key = content.key().with("size " + VERSION);
    ByteBuffer known = cache.find(key);
    if (known != null && known.remaining() == HEAD) {
      Size size = new Size(known.getInt(), known.getInt());
      if ((long) size.height() * size.width() <= maximumPixels) {
        return size;
      }
    }
    byte[] bytes = content.bytes();
    if (bytes == null) {
      bytes = decoder.read(file(root, name), name, maximumPixels);
    }
    Size size = decoder.size(bytes, name, maximumPixels);
    cache.store(key, ByteBuffer.allocate(HEAD).putInt(size.height()).putInt(size.width()).flip());
    return size;
  }

  static Pixels resize(Pixels own, ImageFormat format, String name) {
    if (format.resize() == Resize.NONE
        && (own.height() != format.height() || own.width() != format.width())) {
      throw new UniassException(
          String.format(
              "%s: is %d x %d pixels (width x height), but the model takes %d x %d and resize is"
                  + " none; choose another resize, or resize the files",
              ImageDecoder.shown(name),
              own.width(),
              own.height(),
              format.width(),
              format.height()));
    }
    return Resizer.resize(own, format.height(), format.width(), format.resize());
  }

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
          Loaded mask = gray(root, name, image.tile(), format);
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

  /** The union of the masks in their own size, or in the image's where there are none. */
  Mask ownSizeMask(Path root, Image image, ImageFormat format) {
    if (image.truth() == PixelTruth.UNKNOWN) {
      return null;
    }
    if (image.masks().isEmpty()) {
      Size own = size(root, image.path(), format.maximumPixels());
      byte value = (byte) (image.truth() == PixelTruth.NORMAL ? 0 : 1);
      return filled(own.height(), own.width(), value);
    }
    Mask union = null;
    for (String name : image.masks()) {
      Gray mask = ownGray(root, name, format.maximumPixels());
      if (union == null) {
        union = new Mask(mask.height(), mask.width(), new byte[mask.values().length]);
      } else if (mask.height() != union.height() || mask.width() != union.width()) {
        throw otherSize(
            name, mask.height(), mask.width(), image.masks().get(0), union.height(), union.width());
      }
      add(union.values(), mask.values(), format.maskThreshold());
    }
    return union;
  }

  /** A mask in its own size. */
  Gray ownGray(Path root, String name, long maximumPixels) {
    return decoder.mask(decoder.read(file(root, name), name, maximumPixels), name, maximumPixels);
  }

  static UniassException otherSize(String name, Loaded mask, Loaded image) {
    return otherSize(
        name, mask.ownHeight(), mask.ownWidth(), "its image", image.ownHeight(), image.ownWidth());
  }

  static UniassException otherSize(
      String name, int height, int width, String other, int otherHeight, int otherWidth) {
    return new UniassException(
        String.format(
            "%s: the mask is %d x %d pixels (width x height), but %s is %d x %d",
            ImageDecoder.shown(name), width, height, other, otherWidth, otherHeight));
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
      throw new UniassException(ImageDecoder.shown(name) + ": is no file name", e);
    }
    throw new UniassException(ImageDecoder.shown(name) + ": leads outside the data set's folder");
  }
}
