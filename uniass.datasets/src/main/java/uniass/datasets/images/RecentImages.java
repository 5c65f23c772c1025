/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;
import uniass.datasets.pixels.Decoded;

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
  Decoded get(Object key, Supplier<Decoded> decoding) {
    return places[Math.floorMod(key.hashCode(), PLACES)].get(key, decoding);
  }

  private static final class Place {
    private Object key;
    private SoftReference<Decoded> image = new SoftReference<>(null);

    synchronized Decoded get(Object wanted, Supplier<Decoded> decoding) {
      Decoded known = wanted.equals(key) ? image.get() : null;
      if (known == null) {
        image = new SoftReference<>(null);
        known = decoding.get();
        key = wanted;
        image = new SoftReference<>(known);
      }
      return known;
    }
  }
}
