/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.Split;
import uniass.api.metric.Scores.Curve;
import uniass.io.HeatMap;

class MapImagesTest {

  private static final int SIZE = 200;

  @Test
  void colorMapRisesEvenlyInLightness() {
    assertEquals(0x000004, HeatMap.color(-1));
    assertEquals(0xfcffa4, HeatMap.color(2));
    int darker = -1;
    for (int i = 0; i <= 16; i++) {
      int lightness = Blend.gray(HeatMap.color(i / 16.0));
      assertTrue(lightness > darker, "at " + i);
      darker = lightness;
    }
  }

  @Test
  void heatMapHasTheScalesColors() {
    AnomalyMap map = new AnomalyMap(2, 2, new float[] {0, 5, 10, 99});
    BufferedImage image = HeatMap.draw(map, 0, 10);
    assertEquals(0xff000004, image.getRGB(0, 0));
    assertEquals(0xff000000 | HeatMap.color(0.5), image.getRGB(1, 0));
    assertEquals(0xfffcffa4, image.getRGB(0, 1));
    assertEquals(0xfffcffa4, image.getRGB(1, 1));
  }

  @Test
  void scaleForgivesAFewExtremePixelsAndLeavesRoomAboveTheThreshold() {
    float[] map = new float[10_000];
    for (int i = 0; i < map.length; i++) {
      map[i] = i % 100 / 100f;
    }
    map[0] = 1e6f;
    List<AnomalyMap> maps = List.of(new AnomalyMap(100, 100, map));
    Scale scale = Scale.of(maps, Double.NaN);
    assertEquals(1, scale.high(), 0.02);
    assertEquals(3, Scale.of(maps, 2).high(), 0.05);
    assertEquals(0, new Scale(1, 1).position(1));
  }

  @Test
  void overlayDrawsBothOutlines() {
    byte[] mask = new byte[SIZE * SIZE];
    float[] map = new float[SIZE * SIZE];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (i % SIZE < 50 ? 1 : 0);
      map[i] = i % SIZE >= 150 ? 1 : 0;
    }
    byte[] rgb = new byte[3 * SIZE * SIZE];
    Arrays.fill(rgb, (byte) 100);
    GalleryImage shown =
        new GalleryImage(
            GalleryImage.Reason.WORST,
            Image.normal("a.png", "a", Split.TEST),
            new Pixels(SIZE, SIZE, rgb),
            new AnomalyMap(SIZE, SIZE, map),
            Optional.of(new Mask(SIZE, SIZE, mask)),
            1,
            Double.NaN);
    BufferedImage image = MapImages.overlay(shown, new Scale(0, 1), 0.5);
    assertEquals(400, image.getWidth());
    assertEquals(0xff000000 | MapImages.TRUTH, image.getRGB(99, 200));
    assertEquals(0xff000000 | MapImages.MARKED, image.getRGB(300, 200));
    assertNotEquals(0xff000000 | MapImages.TRUTH, image.getRGB(50, 200));
    int plain = image.getRGB(200, 200);
    assertEquals(plain & 0xff, plain >> 8 & 0xff, "gray where nothing is");
  }

  @Test
  void shrinksToTheLongestSide() {
    BufferedImage image = new BufferedImage(3000, 1000, BufferedImage.TYPE_INT_RGB);
    BufferedImage small = EncodedImage.shrink(image, 300);
    assertEquals(300, small.getWidth());
    assertEquals(100, small.getHeight());
  }

  @Test
  void curvesAreReadBetweenTheirPoints() {
    CurveGrid grid = CurveGrid.even(1);
    Curve curve =
        new Curve("roc", new double[] {0, 0, 0.5}, new double[] {0, 0.4, 0.8}, new double[3]);
    double[] y = grid.sample(curve);
    assertEquals(0.4, y[0], 1e-12, "the top of a step");
    assertEquals(0.6, y[40], 1e-12);
    assertEquals(0.8, y[80], 1e-12);
    assertTrue(Double.isNaN(y[81]), "the curve ends at 0.5");
    assertArrayEquals(new double[] {0, 0.00625}, Arrays.copyOf(grid.x(), 2), 1e-12);
  }
}
