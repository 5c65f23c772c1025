package uniass.datasets.images;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;
import uniass.api.data.Pixels;

/**
 * The images that were decoded last, a few, as long as there is memory for them: the tiles of one
 * image are asked for one after the other.
 */
final class RecentImages {

  private static final int PLACES = 4;

  private final Place[] places = new Place[PLACES];

  RecentImages() {
    for (int i = 0; i < PLACES; i++) {
      places[i] = new Place();
    }
  }

  /** Decodes an image unless it was among the last; callers that want the same one wait. */
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
