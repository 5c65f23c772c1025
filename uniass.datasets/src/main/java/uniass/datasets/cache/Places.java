package uniass.datasets.cache;

/**
 * Where records lie: by half of their keys, in 16 bytes and some air each, since there may be
 * hundreds of thousands. Whoever reads a record compares the whole key. A hash table with open
 * addressing. Not thread-safe.
 */
final class Places {

  private static final long EMPTY = 0;
  private static final long GONE = -1;
  private static final int SMALLEST = 1 << 8;

  private long[] halves = new long[SMALLEST];
  private long[] places = new long[SMALLEST];
  private int taken;

  /**
   * A place: the pack's number in the upper half, counted from 1, and the record's in the lower.
   */
  private static long place(int pack, int at) {
    return (pack + 1L) << 32 | at;
  }

  static int pack(long place) {
    return (int) (place >>> 32) - 1;
  }

  static int at(long place) {
    return (int) place;
  }

  /** The place of a key's record, or 0. */
  long find(CacheKey key) {
    for (int i = slot(key.high()); places[i] != EMPTY; i = next(i)) {
      if (halves[i] == key.high() && places[i] != GONE) {
        return places[i];
      }
    }
    return EMPTY;
  }

  void put(CacheKey key, int pack, int at) {
    if (taken + 1 > places.length / 4 * 3) {
      rehash();
    }
    int i = slot(key.high());
    while (places[i] != EMPTY && halves[i] != key.high()) {
      i = next(i);
    }
    taken += places[i] == EMPTY ? 1 : 0;
    halves[i] = key.high();
    places[i] = place(pack, at);
  }

  /** Forgets a key's record if it still lies there. */
  void remove(CacheKey key, long place) {
    for (int i = slot(key.high()); places[i] != EMPTY; i = next(i)) {
      if (halves[i] == key.high() && places[i] == place) {
        places[i] = GONE;
      }
    }
  }

  /** Forgets all records of a pack. */
  void removePack(int pack) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] != EMPTY && places[i] != GONE && pack(places[i]) == pack) {
        places[i] = GONE;
      }
    }
  }

  private int slot(long half) {
    return (int) ((half >>> 32) * places.length >>> 32); // keys are hashes
  }

  private int next(int i) {
    return i + 1 == places.length ? 0 : i + 1;
  }

  private void rehash() {
    int kept = 0;
    for (long place : places) {
      kept += place != EMPTY && place != GONE ? 1 : 0;
    }
    long[] oldHalves = halves;
    long[] oldPlaces = places;
    int size = Math.max(SMALLEST, 2 * kept);
    halves = new long[size];
    places = new long[size];
    taken = kept;
    for (int i = 0; i < oldPlaces.length; i++) {
      if (oldPlaces[i] != EMPTY && oldPlaces[i] != GONE) {
        int to = slot(oldHalves[i]);
        while (places[to] != EMPTY) {
          to = next(to);
        }
        halves[to] = oldHalves[i];
        places[to] = oldPlaces[i];
      }
    }
  }
}
