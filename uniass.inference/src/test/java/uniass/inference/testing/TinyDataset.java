/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A data set in the MVTec AD layout that is drawn in a moment. */
public final class TinyDataset {

  private TinyDataset() {}

  /** Draws two categories. */
  public static Path write(Path root, int train, int test, int size) throws IOException {
    for (String category : new String[] {"dots", "lines"}) {
      for (int i = 0; i < train; i++) {
        draw(root.resolve(category + "/train/good"), i, size, category, i, false);
      }
      for (int i = 0; i < test; i++) {
        draw(root.resolve(category + "/test/good"), i, size, category, 100 + i, false);
        draw(root.resolve(category + "/test/spot"), i, size, category, 200 + i, true);
      }
    }
    return root;
  }

  private static void draw(
      Path folder, int number, int size, String category, int seed, boolean defect)
      throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(category.hashCode() * 31L + seed);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(90 + random.nextInt(20), 110, 120));
    g.fillRect(0, 0, size, size);
    g.setColor(Color.LIGHT_GRAY);
    for (int i = 4; i < size; i += 12) {
      if (category.equals("dots")) {
        g.fillOval(i + random.nextInt(2), i, 6, 6);
      } else {
        g.drawLine(0, i, size, i + random.nextInt(3));
      }
    }
    String name = "%03d".formatted(number);
    if (defect) {
      int x = size / 4 + random.nextInt(size / 3);
      g.setColor(Color.RED);
      g.fillRect(x, x, size / 6, size / 6);
      BufferedImage mask = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D m = mask.createGraphics();
      m.setColor(Color.WHITE);
      m.fillRect(x, x, size / 6, size / 6);
      m.dispose();
      Path masks = folder.getParent().resolveSibling("ground_truth/spot");
      Files.createDirectories(masks);
      ImageIO.write(mask, "png", masks.resolve(name + "_mask.png").toFile());
    }
    g.dispose();
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }
}
