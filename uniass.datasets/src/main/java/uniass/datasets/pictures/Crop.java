package uniass.datasets.pictures;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;
import uniass.api.data.Pixels;
import uniass.api.data.Tile;

/** Cuts tiles out of pictures. */
final class Crop {

  private Crop() {}

  /** The part of an interleaved picture with that many bytes a pixel. */
  static byte[] cut(byte[] from, int fromWidth, int channels, Tile tile) {
    byte[] to = new byte[tile.height() * tile.width() * channels];
    int length = tile.width() * channels;
    for (int y = 0; y < tile.height(); y++) {
      int start = ((tile.y() + y) * fromWidth + tile.x()) * channels;
      System.arraycopy(from, start, to, y * length, length);
    }
    return to;
  }

  /**
   * The pictures that were decoded last, a few, as long as there is memory for them: the tiles of
   * one picture are asked for one after the other.
   */
  static final class Recent {

    private static final int PLACES = 4;

    private final Place[] places = new Place[PLACES];

    Recent() {
      for (int i = 0; i < PLACES; i++) {
        places[i] = new Place();
      }
    }

    /** Decodes a picture unless it was among the last; callers that want the same one wait. */
    Pixels get(Object key, Supplier<Pixels> decoding) {
      return places[Math.floorMod(key.hashCode(), PLACES)].get(key, decoding);
    }

    private static final class Place {
      private Object key;
      private SoftReference<Pixels> pixels = new SoftReference<>(null);

      synchronized Pixels get(Object wanted, Supplier<Pixels> decoding) {
        Pixels known = wanted.equals(key) ? pixels.get() : null;
        if (known == null) {
          pixels = new SoftReference<>(null);
          known = decoding.get();
          key = wanted;
          pixels = new SoftReference<>(known);
        }
        return known;
      }
    }
  }
}
