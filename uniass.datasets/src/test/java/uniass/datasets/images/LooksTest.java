/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import uniass.api.data.Image;
import uniass.api.data.Split;

class LooksTest {

  private static final int SIDE = 32;

  private final SplittableRandom random = new SplittableRandom(5);
  private final List<Image> images = new ArrayList<>();
  private final List<byte[]> looks = new ArrayList<>();

  /** Draws noisy discs at about one place, on a ground of some brightness. */
  private void draw(String name, int count, int ground, int disc) {
    for (int i = 0; i < count; i++) {
      byte[] rgb = new byte[3 * SIDE * SIDE];
      int center = SIDE / 2 + random.nextInt(3);
      for (int j = 0; j < SIDE * SIDE; j++) {
        boolean inside = Math.hypot(j / SIDE - center, j % SIDE - center) < SIDE / 3.0;
        for (int c = 0; c < 3; c++) {
          rgb[3 * j + c] = (byte) ((inside ? disc : ground) + random.nextInt(30));
        }
      }
      images.add(Image.normal("train/good/" + name + i + ".png", "cap", Split.TRAIN));
      looks.add(Looks.of(rgb, SIDE, SIDE));
    }
  }

  private List<String> found() {
    Looks all = new Looks(images);
    for (int i = 0; i < looks.size(); i++) {
      all.add(i, looks.get(i));
    }
    Findings findings = new Findings();
    all.check(findings);
    return findings.problems().stream().map(Object::toString).toList();
  }

  @Test
  void imagesOfOneProductAreNoNews() {
    draw("a", 30, 50, 160);
    assertEquals(List.of(), found());
  }

  @Test
  void anotherProductAndAnOddImageAreNamed() {
    draw("b", 5, 170, 40);
    draw("a", 20, 50, 160);
    assertEquals(List.of(line("5 of 25", "b0.png, ", "b1.png, ", "b2.png, ...")), found());
    draw("dark", 1, 0, 0);
    assertEquals(
        List.of(line("6 of 26", "b0.png, ", "b1.png, ", "b2.png, ...")), found(), "one line");
  }

  @Test
  void oneOddImageIsNamedHoweverManyThereAre() {
    draw("a", 1500, 50, 160);
    images.add(0, Image.normal("train/good/odd.png", "cap", Split.TRAIN));
    looks.add(0, new byte[192]);
    assertEquals(List.of(line("1 of 400", "odd.png")), found());
  }

  @Test
  void aFewImagesSayNothing() {
    draw("a", 6, 50, 160);
    draw("b", 3, 200, 10);
    assertEquals(List.of(), found());
  }

  private static String line(String count, String... names) {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append("train/good/").append(name);
    }
    return "category 'cap': "
        + count
        + " training images look unlike the others: "
        + all
        + "; give another product a category of its own, and remove what is not good";
  }
}
