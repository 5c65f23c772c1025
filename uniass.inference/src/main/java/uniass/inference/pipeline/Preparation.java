/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Normalization;
import uniass.api.data.Pixels;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.io.BufferPool;

/** How decoded images become a network's input: resized or cut, then normalized. Thread-safe. */
public final class Preparation {

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final Images images;
  private final ImageFormat format;
  private final Normalization normalization;
  private final Optional<Tiling> tiling;
  private final BufferPool pool = new BufferPool();

  /** Prepares images for networks of the format's size. */
  public Preparation(
      Images images, ImageFormat format, Normalization normalization, Optional<Tiling> tiling) {
    this.images = images;
    this.format = format;
    this.normalization = normalization;
    this.tiling = tiling;
  }

  boolean cuts() {
    return tiling.isPresent();
  }

  /** Resizes an image unless it is to be cut, so that images that wait take little memory. */
  Decoded resized(Decoded decoded) {
    return decoded instanceof Decoded.Image image
        ? new Decoded.Image(fit(image.pixels()))
        : decoded;
  }

  /** Resizes a decoded image unless it is to be cut. */
  public Pixels fit(Pixels pixels) {
    return tiling.isEmpty() ? images.resize(pixels, format) : pixels;
  }

  /** The tiles of an image; none if it is not to be cut. */
  List<Tile> tiles(Decoded decoded) {
    return tiling.isPresent() && decoded instanceof Decoded.Image image
        ? tiling.get().tiles(image.pixels().height(), image.pixels().width())
        : List.of();
  }

  /** Cuts a tile out of its image and resizes it. */
  Decoded cut(Decoded.Image image, Tile tile) {
    Pixels part = new Pixels(tile.height(), tile.width(), tile.cut(image.pixels().rgb(), 3));
    return new Decoded.Image(images.resize(part, format));
  }

  /** Makes a batch of parts that have the network's size. */
  <T> Inputs<T> batch(List<Inputs.Input<T>> inputs, List<Decoded> parts) {
    if (parts.isEmpty()) {
      return new Inputs<>(inputs, NOTHING, () -> {});
    }
    int size = 3 * format.height() * format.width();
    ByteBuffer values = pool.take((long) parts.size() * size * Float.BYTES);
    FloatBuffer floats = values.asFloatBuffer();
    for (int i = 0; i < parts.size(); i++) {
      Decoded part = parts.get(i);
      if (part instanceof Decoded.Normalized normalized) {
        floats.put(i * size, normalized.values());
      } else if (part instanceof Decoded.Image image) {
        images.normalize(image.pixels(), normalization, floats, i * size);
      }
    }
    return new Inputs<>(inputs, values, () -> pool.give(values));
  }
}
