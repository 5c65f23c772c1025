/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment that trains in seconds. */
final class TinyExperiment {

  private TinyExperiment() {}

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
