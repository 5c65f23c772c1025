/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.SampleFactory.Options;

class SampleFactoryTest {

  private static final Options SMALL = new Options(3, 2, 9, 64);

  @TempDir Path folder;

  @Test
  void equalOptionsGiveEqualBytes() throws IOException {
    new SampleFactoryComponent().write(folder.resolve("a"), SMALL, Progress.NONE);
    new SampleFactoryComponent().write(folder.resolve("b"), SMALL, Progress.NONE);
    List<Path> files = files(folder.resolve("a"));
    assertEquals(6 * (2 + 9 + 6), files.size());
    for (Path file : files) {
      Path twin = folder.resolve("b").resolve(folder.resolve("a").relativize(file));
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(twin), file.toString());
    }
  }

  @Test
  void everyImageIsAnother() throws IOException {
    new SampleFactoryComponent().write(folder.resolve("a"), SMALL, Progress.NONE);
    new SampleFactoryComponent()
        .write(folder.resolve("b"), new Options(4, 2, 9, 64), Progress.NONE);
    Path one = folder.resolve("a/wood/train/good/000.png");
    assertFalse(same(one, folder.resolve("a/wood/train/good/001.png")));
    assertFalse(same(one, folder.resolve("b/wood/train/good/000.png")));
  }

  @Test
  void everyDefectHasAMaskOfItsImage() throws IOException {
    new SampleFactoryComponent().write(folder.resolve("a"), SMALL, Progress.NONE);
    int masks = 0;
    for (Path mask : files(folder.resolve("a"))) {
      if (!mask.toString().endsWith("_mask.png")) {
        continue;
      }
      masks++;
      Path file =
          Path.of(mask.toString().replace("ground_truth", "test").replace("_mask.png", ".png"));
      assertTrue(Files.exists(file), file.toString());
      BufferedImage image = ImageIO.read(mask.toFile());
      int[] samples = samples(image);
      int marked = 0;
      for (int sample : samples) {
        assertTrue(sample == 0 || sample == 255);
        marked += sample / 255;
      }
      assertTrue(marked >= 4 && marked < 64 * 64 / 4, mask + " marks " + marked + " pixels");
    }
    assertEquals(6 * 6, masks);
  }

  /** Masks are exact: outside of them, a scene with a defect is the scene without it. */
  @Test
  void whatAMaskLeavesOutIsUnchanged() {
    for (Product product : SampleFactoryComponent.PRODUCTS) {
      for (String defect : product.defects()) {
        Scene good = new Scene(64, new SplittableRandom(5));
        Scene spoilt = new Scene(64, new SplittableRandom(5));
        product.draw(good, null);
        product.draw(spoilt, defect);
        int[] mask = samples(spoilt.mask());
        int inside = 0;
        for (int i = 0; i < mask.length; i++) {
          boolean changed = spoilt.difference(good, i % 64, i / 64) > 0.05;
          if (changed && !nearMask(mask, i % 64, i / 64)) {
            fail(product.name() + "/" + defect + " changed a pixel far from its mask");
          }
          inside += changed && mask[i] > 0 ? 1 : 0;
        }
        assertTrue(inside > 0, product.name() + "/" + defect + " changed nothing in its mask");
      }
    }
  }

  /** Soft borders reach one pixel beyond the mask. */
  private static boolean nearMask(int[] mask, int x, int y) {
    for (int v = Math.max(0, y - 2); v <= Math.min(63, y + 2); v++) {
      for (int u = Math.max(0, x - 2); u <= Math.min(63, x + 2); u++) {
        if (mask[v * 64 + u] > 0) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aFolderInUseIsRefused() throws IOException {
    Files.writeString(folder.resolve("precious.txt"), "kept");
    UniassException refusal =
        assertThrows(
            UniassException.class,
            () -> new SampleFactoryComponent().write(folder, SMALL, Progress.NONE));
    assertTrue(refusal.getMessage().contains("not empty"));
    assertEquals(1, files(folder).size());
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getSamples(0, 0, 64, 64, 0, (int[]) null);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean same(Path a, Path b) throws IOException {
    return Files.mismatch(a, b) < 0;
  }
}
