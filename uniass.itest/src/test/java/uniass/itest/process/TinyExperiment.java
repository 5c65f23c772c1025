/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An experiment that trains in seconds. */
final class TinyExperiment {

  private static final String MODEL = "run/model.safetensors";
  private static final String IMAGE = "images/cap/test/good/000.png";

  private static Path trained;

  private TinyExperiment() {}

  /**
   * Puts a trained model and an image into a folder, as {@code run/model.safetensors} and {@code
   * images/cap/test/good/000.png}; all tests share one training.
   */
  static synchronized void trained(Path folder) throws IOException, InterruptedException {
    if (trained == null) {
      Path shared = Files.createTempDirectory(Path.of("target"), "trained").toAbsolutePath();
      write(shared, "identity", 1);
      Launched.run(shared, "train", "tiny.yaml", "--out", "run").exits(0);
      trained = shared;
    }
    for (String file : List.of(MODEL, IMAGE)) {
      Path copy = folder.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(trained.resolve(file), copy);
    }
  }

  /** Draws images and writes {@code tiny.yaml}, both into a folder; paths in it are relative. */
  static void write(Path folder, String gatedCnn, int epochs)
      throws IOException, InterruptedException {
    Launched.run(folder, "sample", "--out", "images", "--train", "2", "--test", "5", "--size", "64")
        .exits(0);
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        name: tiny
        dataset: { reader: mvtec-ad, root: images, image-size: 64, categories: [cap] }
        model:
          backbone: efficientnet-lite0
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 3, heads: 4, ffn: 64 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 64, layers: 1 }
          gated-cnn: %s
        train: { epochs: %d, batch: 2, validate-every: 1 }
        """
            .formatted(gatedCnn, epochs));
  }
}
