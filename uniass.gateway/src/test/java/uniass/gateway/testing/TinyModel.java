/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.testing;

import ai.djl.Device;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.inspection.NormalImages;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.NormalJson;
import uniass.inference.model.Reference;
import uniass.inference.model.ThresholdJson;
import uniass.inference.pipeline.NetworkMaps;
import uniass.inference.pipeline.WholeMap;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;

/** A real model that nobody trained: the same seed, the same values. */
public final class TinyModel {

  private static final String YAML =
      """
      name: tiny
      dataset: { root: nowhere, image-size: 32 }
      model:
        backbone: { name: efficientnet-lite0, weights: random }
        hidden: 32
        pixel-decoder: { name: transformer-fpn, layers: 1, ffn: 32 }
        attention: { name: spatial-channel, ffn: 32, neighbour-mask: 1 }
      """;

  private final PlainPlugins plugins = new PlainPlugins();
  private final Rig rig = new Rig(plugins);

  /** The services that open models. */
  public Rig rig() {
    return rig;
  }

  /** Writes the model without thresholds. */
  public Path write(Path file) throws IOException {
    return write(file, Map.of());
  }

  /**
   * Writes the model.
   *
   * @param common the common threshold
   * @param dots that of the category {@code dots}
   */
  public Path write(Path file, double common, double dots) throws IOException {
    return write(file, Map.of(ThresholdCalibrator.ALL, of(common), "dots", of(dots)));
  }

  /** Writes the model with reference images and what its normal images were like. */
  public Path writeTested(Path file, double common, boolean honest) throws IOException {
    write(file, common, common);
    Map<String, String> metadata = new HashMap<>(rig.checkpoints().read(file).metadata());
    List<Reference> references = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    ImageFormat format = ImageFormat.of(32, 32);
    try (LoadedModel model = rig.models().open(file, Optional.empty(), Device.cpu())) {
      for (int i = 0; i < 12; i++) {
        Pixels pixels = rig.images().decode("image", image(i), format);
        AnomalyMap map =
            WholeMap.of(
                rig.images(),
                pixels,
                format,
                model.network().normalization(),
                new NetworkMaps(rig.models().engine(), Device.cpu(), model.network()));
        scores.add((double) map.max());
        if (i == 0) {
          references.add(Reference.of(pixels, honest ? map : shifted(map)));
        }
      }
    }
    NormalImages normal =
        new NormalImages(
            scores.stream().mapToDouble(d -> d).sorted().toArray(),
            true,
            new double[] {105, 115},
            new double[] {10, 50},
            Set.of("48x40"));
    metadata.put(Reference.KEY, Reference.json(references));
    metadata.put(NormalJson.KEY, NormalJson.of(Map.of("dots", normal)));
    rig.checkpoints().write(file, rig.checkpoints().read(file).tensors(), metadata);
    return file;
  }

  private static AnomalyMap shifted(AnomalyMap map) {
    float[] values = map.values().clone();
    values[0] += map.max() / 100;
    return new AnomalyMap(map.height(), map.width(), values);
  }

  private static Threshold of(double value) {
    return new Threshold(value, 0.1, 0.95, 10, 0, 0.1, true, 10);
  }

  private Path write(Path file, Map<String, Threshold> thresholds) throws IOException {
    Path yaml = file.resolveSibling("tiny.yaml");
    Files.writeString(yaml, YAML);
    ExperimentSpec spec = rig.models().library().read(yaml.toString(), List.of());
    try (PartsInUse parts = new PartsInUse(plugins);
        AnomalyNetwork network = rig.models().composer().untrained(spec, parts, Device.cpu())) {
      Map<String, String> metadata =
          ModelMetadata.of(
              spec.portableYaml(), List.of("dots"), network.normalization(), "untrained", "");
      if (!thresholds.isEmpty()) {
        metadata.put(ThresholdJson.KEY, ThresholdJson.of(thresholds));
      }
      rig.checkpoints().write(file, rig.checkpoints().save(network.parameters()), metadata);
    }
    return file;
  }

  /** Draws an image of 48 x 40 pixels, as PNG. */
  public static byte[] image(int number) {
    BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(90, 110, 120));
    graphics.fillRect(0, 0, 48, 40);
    graphics.setColor(Color.RED);
    graphics.fillOval(5 + number % 30, 8 + number % 20, 9, 9);
    graphics.dispose();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
