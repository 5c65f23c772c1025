package uniass.inference;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import javax.imageio.ImageIO;
import uniass.api.inspection.Prediction;
import uniass.io.Outputs;

/** Writes what was found in an image: its map, a heat map, its anomalous pixels. */
public final class MapFiles {

  private final Path out;
  private final Set<String> formats;

  /**
   * Writes below a folder.
   *
   * @param formats some of {@code npy}, {@code png}, {@code mask}
   */
  public MapFiles(Path out, Set<String> formats) {
    this.out = out;
    this.formats = formats;
  }

  /** Writes the files of one image, under its name. */
  public void write(String name, Prediction result) {
    if (formats.contains("npy")) {
      Path file = file("maps", name + ".npy");
      Outputs.writeMap(file, result.height(), result.width(), result.map());
    }
    if (formats.contains("png")) {
      write(file("heat-maps", name + ".png"), heat(result));
    }
    byte[] mask = formats.contains("mask") ? result.mask() : null;
    if (mask != null) {
      write(file("masks", name + ".png"), mask(result, mask));
    }
  }

  private Path file(String folder, String name) {
    Outputs.makeResultFolder(out.resolve(folder));
    Path file = out.resolve(folder).resolve(name);
    Outputs.makeFolder(file.getParent());
    return file;
  }

  /** Dark at 0; brightest at twice the threshold, or at the image's own maximum without one. */
  private static BufferedImage heat(Prediction result) {
    double top = Double.isNaN(result.threshold()) ? result.score() : 2 * result.threshold();
    BufferedImage image =
        new BufferedImage(result.width(), result.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < result.height(); y++) {
      for (int x = 0; x < result.width(); x++) {
        image.setRGB(x, y, HeatColors.rgb(result.map()[y * result.width() + x] / top));
      }
    }
    return image;
  }

  private static BufferedImage mask(Prediction result, byte[] mask) {
    BufferedImage image =
        new BufferedImage(result.width(), result.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < result.height(); y++) {
      for (int x = 0; x < result.width(); x++) {
        image.getRaster().setSample(x, y, 0, mask[y * result.width() + x] != 0 ? 255 : 0);
      }
    }
    return image;
  }

  private static void write(Path file, BufferedImage image) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      Outputs.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
