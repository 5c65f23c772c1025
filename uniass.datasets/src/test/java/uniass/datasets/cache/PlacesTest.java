package uniass.datasets.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {

  @Test
  void behavesLikeAMap() {
    Random random = new Random(2);
    Places places = new Places();
    Map<CacheKey, Long> expected = new HashMap<>();
    CacheKey[] keys = new CacheKey[3000];
    for (int i = 0; i < keys.length; i++) {
      // neighbors in the table, too
      keys[i] = new CacheKey(i % 3 == 0 ? i : random.nextLong(), random.nextLong());
    }
    for (int step = 0; step < 30_000; step++) {
      CacheKey key = keys[random.nextInt(keys.length)];
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4, 5, 6 -> {
          int pack = random.nextInt(20);
          int at = random.nextInt(1 << 28);
          places.put(key, pack, at);
          expected.put(key, (long) pack << 32 | at);
        }
        case 7, 8, 9, 10 -> {
          places.remove(key, places.find(key));
          expected.remove(key);
        }
        default -> {
          if (step % 100 == 0) {
            int pack = random.nextInt(20);
            places.removePack(pack);
            expected.values().removeIf(place -> place >>> 32 == pack);
          }
        }
      }
    }
    for (CacheKey key : keys) {
      long place = places.find(key);
      Long found = place == 0 ? null : (long) Places.pack(place) << 32 | Places.at(place);
      assertEquals(expected.get(key), found);
    }
  }
}
