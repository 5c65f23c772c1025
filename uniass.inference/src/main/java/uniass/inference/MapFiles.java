/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import uniass.api.data.Pixels;
import uniass.api.inspection.Prediction;
import uniass.io.HeatMap;
import uniass.io.Outputs;
import uniass.io.Overlay;

/** Writes what was found in an image: its map, a heat map, an overlay, its anomalous pixels. */
public final class MapFiles {

  private final Path out;
  private final Set<String> formats;

  /**
   * Writes below a folder.
   *
   * @param formats some of {@code npy}, {@code png}, {@code mask}, {@code overlay}
   */
  public MapFiles(Path out, Set<String> formats) {
    this.out = out;
    this.formats = formats;
  }

  /** Writes the files of one image, under its name. */
  public void write(String name, Prediction result) {
    if (formats.contains("npy")) {
      Path file = file("maps", name + ".npy");
      Outputs.writeMap(file, result.map());
    }
    if (formats.contains("png")) {
      Outputs.write(
          file("heat-maps", name + ".png"), HeatMap.png(result.map(), result.threshold()));
    }
    if (formats.contains("mask")) {
      result.mask().ifPresent(mask -> write(file("masks", name + ".png"), HeatMap.draw(mask)));
    }
  }

  /** Writes the image of a file with the heat map over it, if that was asked for. */
  public void overlay(String name, Supplier<Pixels> image, Prediction result) {
    if (formats.contains("overlay")) {
      double threshold = result.threshold().orElse(result.map().max());
      write(file("overlays", name + ".png"), Overlay.draw(image.get(), result.map(), threshold));
    }
  }

  private Path file(String folder, String name) {
    Outputs.makeResultFolder(out.resolve(folder));
    Path file = out.resolve(folder).resolve(name);
    Outputs.makeFolder(file.getParent());
    return file;
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
