/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import ai.djl.Device;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.Models;
import uniass.inference.model.ThresholdJson;
import uniass.inference.plugin.PartsInUse;

/** Files to inspect with where nothing can be trained: a network as it is made, and images. */
record Untrained(Models models, Checkpoints checkpoints, Path folder) {

  static final int SIZE = 128;

  private static final String EXPERIMENT =
      """
      name: gateway
      dataset: { reader: mvtec-ad, root: none, image-size: %d }
      model: { backbone: { name: efficientnet-lite0, weights: random } }
      """
          .formatted(SIZE);

  /**
   * A network that was never trained, in a file as training writes it.
   *
   * @param more what its metadata says beside what it is
   */
  Path model(Map<String, String> more) {
    ExperimentSpec spec = models.library().parse("gateway", EXPERIMENT, folder, List.of());
    Path file = folder.resolve("model-" + more.size() + ".safetensors");
    try (PartsInUse parts = new PartsInUse(models.plugins());
        AnomalyNetwork network = models.composer().untrained(spec, parts, Device.cpu())) {
      Map<String, String> metadata =
          new HashMap<>(ModelMetadata.described(spec.portableYaml(), network.normalization()));
      metadata.putAll(more);
      checkpoints.write(file, checkpoints.save(network.parameters()), metadata);
    }
    return file;
  }

  static Map<String, String> threshold(double value) {
    Threshold threshold = new Threshold(value, 0.01, 0.95, 1, 0, 1, false, 300);
    return Map.of(ThresholdJson.KEY, ThresholdJson.of(Map.of(ThresholdCalibrator.ALL, threshold)));
  }

  Path image(String name, Color color) throws IOException {
    BufferedImage drawn = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setColor(color);
    graphics.fillOval(30, 20, 120, 100);
    graphics.dispose();
    Path file = folder.resolve(name);
    ImageIO.write(drawn, "png", file.toFile());
    return file;
  }
}
