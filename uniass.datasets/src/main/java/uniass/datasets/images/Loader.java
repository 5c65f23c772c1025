/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.api.data.Tile;
import uniass.datasets.cache.Cache;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.pixels.Decoded;
import uniass.datasets.pixels.Gray;
import uniass.datasets.pixels.ImageDecoder;
import uniass.datasets.pixels.Resizer;
import uniass.datasets.pixels.Size;
import uniass.datasets.pixels.Traits;

/**
 * Reads an image or a mask in the format's size: from the cache if it has them, by the file's place
 * and state and what was made of it. Errors name the file.
 */
final class Loader {

  /** Changes when decoding or resizing gives other bytes than before. */
  private static final int VERSION = 3;

  /** Height, width and traits. */
  private static final int HEAD = 24;

  private static final int SIZE = 8;

  private final ImageDecoder decoder;
  private final Cache cache;
  private final RecentImages recent = new RecentImages();
  private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();

  Loader(ImageDecoder decoder, Cache cache) {
    this.decoder = decoder;
    this.cache = cache;
  }

  Loaded image(Path root, Image image, ImageFormat format) {
    String name = image.path();
    String made =
        "image %d %d %d %s %d"
            .formatted(VERSION, format.height(), format.width(), format.resize(), format.depth());
    return load(
        new Wanted(root, name, image.tile(), format),
        new Making(
            made, 3, bytes -> decoder.image(bytes, name, format), p -> resize(p, format, name)));
  }

  /** A mask in the format's size; its gray values stand for the three channels of an image. */
  Loaded gray(Path root, String name, Tile tile, ImageFormat format) {
    return load(
        new Wanted(root, name, tile, format),
        new Making(
            "mask %d %d %d".formatted(VERSION, format.height(), format.width()),
            1,
            bytes -> decoder.mask(bytes, name, format),
            own -> {
              Gray gray = new Gray(own.height(), own.width(), own.rgb());
              Gray small = Resizer.nearest(gray, format.height(), format.width());
              return new Pixels(small.height(), small.width(), small.values());
            }));
  }

  /** What is asked for: a file, or a tile of it unless that is null. */
  private record Wanted(Path root, String name, Tile tile, ImageFormat format) {

    Wanted with(Tile other) {
      return new Wanted(root, name, other, format);
    }
  }

  /**
   * What is made of a file.
   *
   * @param name of what is made, with all that decides its bytes
   * @param channels bytes per pixel
   */
  private record Making(
      String name,
      int channels,
      Function<byte[], Decoded> decoding,
      UnaryOperator<Pixels> resizing) {

    String nameOf(Tile tile) {
      return tile == null
          ? name
          : name + " of %d %d %d %d".formatted(tile.y(), tile.x(), tile.height(), tile.width());
    }
  }

  private Loaded load(Wanted wanted, Making making) {
    String name = wanted.name;
    Path file = file(wanted.root, name);
    FileState state = FileState.of(file);
    Loaded known = find(state, making, wanted);
    if (known != null) {
      return known;
    }
    long limit = wanted.format.maximumPixels();
    Supplier<Decoded> decoding = () -> making.decoding.apply(decoder.read(file, name, limit));
    Tile tile = wanted.tile;
    if (tile == null) {
      Decoded own = decoding.get();
      return make(kept(state, file), making, null, own);
    }
    Decoded own = recent.get(List.of(state.key(), making.name), decoding);
    requireSize(name, own, tile);
    FileState now = kept(state, file);
    if (cache != Cache.OFF && now.settled()) {
      // the other tiles will be asked for as well: once decoded, the image is done
      for (Tile other : tile.tiling().tiles(own.height(), own.width())) {
        if (!other.equals(tile) && find(now, making, wanted.with(other)) == null) {
          make(now, making, other, own);
        }
      }
    }
    return make(now, making, tile, own);
  }

  /** The state under which what was read may be kept: not if the file changed meanwhile. */
  private static FileState kept(FileState before, Path file) {
    return before.equals(FileState.of(file)) ? before : new FileState(before.key(), false);
  }

  private static void requireSize(String name, Decoded own, Tile tile) {
    if (own.height() != tile.imageHeight() || own.width() != tile.imageWidth()) {
      throw new UniassException(
          String.format(
              "%s: is %d x %d pixels (width x height), but its tiles were laid out for %d x %d",
              Problem.shown(name),
              own.width(),
              own.height(),
              tile.imageWidth(),
              tile.imageHeight()));
    }
  }

  private Loaded find(FileState state, Making making, Wanted wanted) {
    ImageFormat format = wanted.format;
    ByteBuffer found =
        state.settled() ? cache.find(state.key().with(making.nameOf(wanted.tile))) : null;
    int size = format.height() * format.width() * making.channels;
    if (found == null || found.remaining() != HEAD + size) {
      return null;
    }
    int ownHeight = found.getInt();
    int ownWidth = found.getInt();
    if ((long) ownHeight * ownWidth > format.maximumPixels()) {
      return null;
    }
    Traits traits = new Traits(found.getInt(), found.getInt(), found.getInt() != 0, found.getInt());
    byte[] values = new byte[size];
    found.get(values);
    return new Loaded(
        new Pixels(format.height(), format.width(), values), ownHeight, ownWidth, traits);
  }

  private Loaded make(FileState state, Making making, Tile tile, Decoded own) {
    Pixels part =
        tile == null
            ? own.pixels()
            : new Pixels(tile.height(), tile.width(), tile.cut(own.values(), making.channels));
    Traits traits = own.traits();
    Loaded loaded = new Loaded(making.resizing.apply(part), own.height(), own.width(), traits);
    if (state.settled()) {
      ByteBuffer head =
          ByteBuffer.allocate(HEAD)
              .putInt(own.height())
              .putInt(own.width())
              .putInt(traits.bits())
              .putInt(traits.largest())
              .putInt(traits.transparent() ? 1 : 0)
              .putInt(traits.orientation())
              .flip();
      cache.store(
          state.key().with(making.nameOf(tile)), head, ByteBuffer.wrap(loaded.pixels().rgb()));
    }
    return loaded;
  }

  /** The size of an image, upright, without decoding it. */
  Size size(Path root, String name, long maximumPixels) {
    Path file = file(root, name);
    FileState state = FileState.of(file);
    CacheKey key = state.key().with("size " + VERSION);
    ByteBuffer known = state.settled() ? cache.find(key) : null;
    if (known != null && known.remaining() == SIZE) {
      Size size = new Size(known.getInt(), known.getInt());
      if ((long) size.height() * size.width() <= maximumPixels) {
        return size;
      }
    }
    Size size = decoder.size(decoder.read(file, name, maximumPixels), name, maximumPixels);
    if (kept(state, file).settled()) {
      cache.store(key, ByteBuffer.allocate(SIZE).putInt(size.height()).putInt(size.width()).flip());
    }
    return size;
  }

  /** Notes that an image cannot be read; whether that is news, or was said before. */
  boolean isNewlyUnreadable(Path root, Image image) {
    return unreadable.add(root.resolve(image.path()));
  }

  static Pixels resize(Pixels own, ImageFormat format, String name) {
    if (format.resize() == Resize.NONE
        && (own.height() != format.height() || own.width() != format.width())) {
      throw new UniassException(
          String.format(
              "%s: is %d x %d pixels (width x height), but the model takes %d x %d and resize is"
                  + " none; choose another resize, or resize the files",
              Problem.shown(name), own.width(), own.height(), format.width(), format.height()));
    }
    return Resizer.resize(own, format.height(), format.width(), format.resize());
  }

  /** A mask in its own size. */
  Decoded ownGray(Path root, String name, ImageFormat format) {
    return decoder.mask(decoder.read(file(root, name), name, format.maximumPixels()), name, format);
  }

  /** Resolves a name, which must stay below the root whoever listed it. */
  static Path file(Path root, String name) {
    try {
      Path file = root.resolve(name).normalize();
      if (file.startsWith(root.normalize())) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw new UniassException(Problem.shown(name) + ": is not a file name", e);
    }
    throw new UniassException(Problem.shown(name) + ": leads outside the data set's folder");
  }
}
