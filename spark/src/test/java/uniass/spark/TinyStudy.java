/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A study of two short trainings on drawn images.
 *
 * @param folder gets {@code images} and {@code gates.yaml}
 */
record TinyStudy(Path folder) {

  static final String HOME = Path.of(System.getProperty("uniass.home")).normalize() + "";

  void write(int epochs) throws Exception {
    uniass("sample", "--out", "images", "--train", "4", "--test", "10", "--size", "64");
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        dataset: { root: images, image-size: 64, categories: [cap, wood] }
        model:
          backbone: { name: efficientnet-lite0, weights: random }
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 1, heads: 4, ffn: 32 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 32, layers: 1 }
        train: { epochs: %d, batch: 2, validate-every: 0, checkpoint-every: 1 }
        """
            .formatted(epochs));
    Files.writeString(
        folder.resolve("gates.yaml"),
        """
        base: tiny.yaml
        factors: { model.gated-cnn: [identity] }
        seeds: [1]
        metrics: [pixel-ap]
        """);
  }

  /** Runs the product on this machine alone. */
  void uniass(String... words) throws Exception {
    List<String> all = Stream.concat(Stream.of(HOME + "/uniass"), Stream.of(words)).toList();
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile()).inheritIO();
    builder.environment().put("UNIASS_THREADS", "1"); // as on the cluster: equal bytes
    assertEquals(0, builder.start().waitFor(), () -> String.join(" ", words));
  }
}
