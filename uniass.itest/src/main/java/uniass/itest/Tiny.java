/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uniass.api.experiment.CommandLine;

/** An experiment that trains in seconds: the sample factory's smallest images, a narrow network. */
final class Tiny {

  /** Epochs of a training that somebody ends. */
  static final int ENDLESS = 1_000_000;

  private Tiny() {}

  /** Draws the data set and writes an experiment over it. */
  static Path experiment(CommandLine commandLine, Path folder, String gatedCnn, int epochs)
      throws IOException {
    Path images = folder.resolve("images");
    if (!Files.exists(images)) {
      Outcome.of(
              commandLine,
              "sample",
              "--out",
              images.toString(),
              "--train",
              "2",
              "--test",
              "5",
              "--size",
              "64")
          .done();
    }
    Path file = folder.resolve("tiny-" + gatedCnn + ".yaml");
    Files.writeString(
        file,
        """
        name: tiny
        dataset: { reader: mvtec-ad, root: %s, image-size: 64, categories: [cap, wood] }
        model:
          backbone: efficientnet-lite0
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 3, heads: 4, ffn: 64 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 64, layers: 1 }
          gated-cnn: %s
        train: { epochs: %d, batch: 2, validate-every: 1 }
        evaluate: { metrics: [pixel-ap, image-auroc] }
        """
            .formatted(images, gatedCnn, epochs));
    return file;
  }
}
