/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uniass.api.UniassException;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.SyntheticAnomalies.Generator;
import uniass.api.data.SyntheticAnomalies.Synthetic;
import uniass.api.plugin.Settings;

class PaintedDefectsTest {

  private static final int SIDE = 96;

  /** A gray product with some texture on a dark ground. */
  private static Pixels product(long seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean inside = Math.hypot(x - SIDE / 2.0, y - SIDE / 2.0) < SIDE / 3.0;
        for (int c = 0; c < 3; c++) {
          int base = inside ? 150 + (x / 6 + y / 6) % 2 * 30 : 20;
          rgb[3 * (y * SIDE + x) + c] = (byte) (base + random.nextInt(5));
        }
      }
    }
    return new Pixels(SIDE, SIDE, rgb);
  }

  private static Generator generator(Map<String, Object> settings) {
    PaintedDefects part = new PaintedDefects();
    return part.create(Settings.defaults(part, settings));
  }

  private static Synthetic paint(Generator generator, Pixels image, long seed) {
    return generator.paint(image, () -> product(99), new Random(seed));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatChangesIsMarkedAndCanBeSeen(Kind kind) {
    Generator generator = generator(Map.of("kinds", List.of(kind.key()), "most", 1L));
    Pixels image = product(1);
    byte[] before = image.rgb().clone();
    for (int seed = 0; seed < 30; seed++) {
      Synthetic painted = paint(generator, image, seed);
      int marked = 0;
      long change = 0;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int here = change(image, painted.pixels(), x, y);
          if (painted.mask().at(y, x)) {
            marked++;
            change += here;
          } else if (here > 0) {
            assertTrue(beside(painted.mask(), x, y), "changed, far from the mask");
          }
        }
      }
      assertTrue(marked >= 3, "pixels: " + marked);
      assertTrue(change >= 8L * marked, "change " + change + " of " + marked);
    }
    assertArrayEquals(before, image.rgb(), "the image itself stays");
  }

  private static int change(Pixels a, Pixels b, int x, int y) {
    int most = 0;
    for (int i = 3 * (y * SIDE + x); i < 3 * (y * SIDE + x) + 3; i++) {
      most = Math.max(most, Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)));
    }
    return most;
  }

  /** Soft borders are a pixel wide; those of ragged shapes may be some wider. */
  private static boolean beside(Mask mask, int x, int y) {
    for (int v = Math.max(0, y - 5); v <= Math.min(SIDE - 1, y + 5); v++) {
      for (int u = Math.max(0, x - 5); u <= Math.min(SIDE - 1, x + 5); u++) {
        if (mask.at(v, u)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void equalSeedsGiveEqualBytes() {
    Generator generator = generator(Map.of());
    Pixels image = product(2);
    for (int seed = 0; seed < 20; seed++) {
      Synthetic one = paint(generator, image, seed);
      Synthetic two = paint(generator, image, seed);
      assertArrayEquals(one.pixels().rgb(), two.pixels().rgb());
      assertArrayEquals(one.mask().values(), two.mask().values());
      assertEquals(one.kind(), two.kind());
    }
  }

  @Test
  void allKindsComeAndSizesSpreadOverTheirRange() {
    Generator generator = generator(Map.of("most", 1L));
    Map<String, Integer> kinds = new TreeMap<>();
    int small = 0;
    int large = 0;
    for (int seed = 0; seed < 200; seed++) {
      Synthetic painted = paint(generator, product(3), seed);
      kinds.merge(painted.kind(), 1, Integer::sum);
      int pixels = 0;
      for (byte value : painted.mask().values()) {
        pixels += value;
      }
      small += pixels < 30 ? 1 : 0;
      large += pixels > 150 ? 1 : 0;
    }
    assertEquals(Kind.keys().stream().sorted().toList(), List.copyOf(kinds.keySet()));
    assertTrue(small > 20 && large > 20, small + " small, " + large + " large");
  }

  @Test
  void defectsStayOnTheProduct() {
    Generator generator = generator(Map.of("kinds", List.of("spot"), "largest", 0.05));
    for (int seed = 0; seed < 30; seed++) {
      Mask mask = paint(generator, product(4), seed).mask();
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean near = Math.hypot(x - SIDE / 2.0, y - SIDE / 2.0) < SIDE / 3.0 + 8;
          assertFalse(mask.at(y, x) && !near);
        }
      }
    }
  }

  @Test
  void anImageOnWhichNothingShowsGetsASpot() {
    Generator generator = generator(Map.of("kinds", List.of("blur", "missing")));
    Pixels gray = new Pixels(SIDE, SIDE, new byte[SIDE * SIDE * 3]);
    Synthetic painted = paint(generator, gray, 1);
    assertTrue(painted.mask().any());
    assertEquals("spot", painted.kind());
  }

  @Test
  void rangesThatEndBeforeTheyBeginAreRefused() {
    assertEquals(
        "smallest must not be above largest",
        assertThrows(
                UniassException.class, () -> generator(Map.of("smallest", 0.5, "largest", 0.1)))
            .getMessage());
  }
}
