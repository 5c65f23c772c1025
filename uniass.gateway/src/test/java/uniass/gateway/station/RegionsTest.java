/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import uniass.api.data.AnomalyMap;
import uniass.gateway.Region;

class RegionsTest {

  private static AnomalyMap map(String... rows) {
    float[] values = new float[rows.length * rows[0].length()];
    for (int y = 0, i = 0; y < rows.length; y++) {
      for (char c : rows[y].toCharArray()) {
        values[i++] = c - '0';
      }
    }
    return new AnomalyMap(rows.length, rows[0].length(), values);
  }

  @Test
  void pixelsThatTouchAtCornersAreOneRegionAndTheLargestPeakComesFirst() {
    AnomalyMap map =
        map(
            "500000", //
            "050000", "000000", "000079", "000051");
    List<Region> found = Regions.of(map, 5, 5, 6);
    assertEquals(
        List.of(
            new Region(4, 3, 2, 2, 3, 9, (4 + 5 + 4) / 3.0 + 0.5, (3 + 3 + 4) / 3.0 + 0.5),
            new Region(0, 0, 2, 2, 2, 5, 1, 1)),
        found);
  }

  @Test
  void regionsAreInTheImagesPixels() {
    Region region = Regions.of(map("000", "030", "000"), 3, 30, 60).get(0);
    assertEquals(new Region(20, 10, 20, 10, 200, 3, 30, 15), region);
    Region uneven = Regions.of(map("000", "030", "000"), 3, 10, 10).get(0);
    assertEquals(3, uneven.x());
    assertEquals(4, uneven.width());
    assertEquals(11, uneven.area());
  }

  @Test
  void thereAreAtMostAHundred() {
    float[] values = new float[100 * 100];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 100 % 2 == 0 && i % 2 == 0 ? 1 + i : 0;
    }
    List<Region> found = Regions.of(new AnomalyMap(100, 100, values), 1, 100, 100);
    assertEquals(100, found.size());
    assertEquals(1 + 9898, found.get(0).peak());
    assertTrue(Regions.of(new AnomalyMap(100, 100, values), 1e6, 100, 100).isEmpty());
    assertEquals(1, Regions.of(new AnomalyMap(100, 100, values), 0, 100, 100).size());
  }
}
