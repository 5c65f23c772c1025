/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.miniature;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.imageio.ImageIO;

/** Draws tiny data sets. */
public final class Miniature {

  private final Path root;

  /** Draws below a folder. */
  public Miniature(Path root) {
    this.root = root;
  }

  /** The data set's folder. */
  public Path root() {
    return root;
  }

  /** Draws gray images of 8 x 6 pixels, each of another brightness; formats by their names. */
  public Miniature images(String... names) {
    for (String name : names) {
      photo(name, 8, 6, Math.abs(name.hashCode()) % 200 + 20);
    }
    return this;
  }

  /** Draws an image that grows brighter to the right, as a photograph may. */
  public Miniature photo(String name, int width, int height, int gray) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (gray + 30 * x / width) * 0x010101);
      }
    }
    return write(name, image);
  }

  /** Draws masks of 8 x 6 pixels with a white corner. */
  public Miniature masks(String... names) {
    for (String name : names) {
      draw(name, 8, 6, 0, true);
    }
    return this;
  }

  /** Draws black masks of 8 x 6 pixels. */
  public Miniature emptyMasks(String... names) {
    for (String name : names) {
      draw(name, 8, 6, 0, false);
    }
    return this;
  }

  /** Adds text to a text file. */
  public Miniature more(String name, String text) {
    try {
      Files.writeString(root.resolve(name), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes a text file. */
  public Miniature text(String name, String text) {
    try {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Draws a gray image, with a white corner of 3 x 3 pixels if asked to. */
  public Miniature draw(String name, int width, int height, int gray, boolean corner) {
    boolean mask = gray == 0;
    BufferedImage image =
        new BufferedImage(
            width, height, mask ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int value = corner && x < 3 && y < 3 ? 255 : gray;
        if (mask) {
          image.getRaster().setSample(x, y, 0, value);
        } else {
          image.setRGB(x, y, value * 0x010101);
        }
      }
    }
    return write(name, image);
  }

  private Miniature write(String name, BufferedImage image) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      if (!ImageIO.write(image, extension, file.toFile())) {
        throw new IllegalArgumentException(name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
