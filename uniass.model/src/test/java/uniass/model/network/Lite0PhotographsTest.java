/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.data.Normalization;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.network.PretrainedWeights;
import uniass.checkpoint.CheckpointFiles;
import uniass.model.fast.FastLayers;
import uniass.model.golden.Golden;
import uniass.model.golden.Summary;
import uniass.tensor.Engines;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.weights.lite0.Lite0Weights;

/**
 * The pretrained backbone on photographs. The stored levels are those of PyTorch's whole network,
 * in float64, with the weights of the package that ours were cut from; that network calls the
 * photographs a cat and an espresso, which it only does with the right normalization.
 */
class Lite0PhotographsTest {

  /** Of a level's standard deviation: ten times what float32 in PyTorch is off. */
  private static final double TOLERANCE = 1e-4;

  private final PretrainedWeights weights = new Lite0Weights();

  private record Stored(Photograph[] images) {}

  private record Photograph(String file, double[] input_first8, Summary[] levels) {}

  @ParameterizedTest
  @ValueSource(strings = {"chelsea.png", "coffee.png"})
  void levelsAreThoseOfTheWholeNetwork(String file) throws IOException {
    Photograph stored =
        Arrays.stream(Golden.json("photographs/lite0.json", Stored.class).images())
            .filter(p -> p.file().equals(file))
            .findFirst()
            .orElseThrow();
    NetworkPlan plan = new PlanBuilder().backbone("efficientnet-lite0").build();
    Backbone backbone = plan.backbone().part();
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 1, new FastLayers());
        InputStream stream = weights.open()) {
      List<Integer> sizes = backbone.channels(plan.backbone().settings());
      NetworkShape shape = new NetworkShape(224, 224, 256, sizes, sizes);
      Backbone.Layer extractor =
          backbone.create(store.root().child("backbone"), shape, plan.backbone().settings());
      CheckpointFiles files = new CheckpointFiles();
      var report = files.load(files.read(stream, "lite0"), store, "backbone.");
      assertTrue(report.missing().isEmpty(), report::toString);

      NDArray input = input(manager, file);
      double[] first = new double[stored.input_first8().length];
      for (int i = 0; i < first.length; i++) {
        first[i] = input.toFloatArray()[i];
      }
      assertArrayEquals(stored.input_first8(), first, 1e-6);
      for (Execution execution : Execution.values()) {
        NDList levels = extractor.forward(input, Pass.inference().with(execution));
        for (int k = 0; k < levels.size(); k++) {
          Summary level = stored.levels()[k];
          level.assertEqual(execution + ", level " + k, levels.get(k), TOLERANCE * level.std());
        }
      }
    }
  }

  private NDArray input(NDManager manager, String file) throws IOException {
    BufferedImage image = ImageIO.read(getClass().getResource("/photographs/" + file));
    int width = image.getWidth();
    int height = image.getHeight();
    Normalization normalization = weights.normalization();
    float[] values = new float[3 * width * height];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < width * height; i++) {
        int level = image.getRGB(i % width, i / width) >> (16 - 8 * c) & 0xff;
        values[c * width * height + i] =
            (float)
                ((level / 255.0 - normalization.mean().get(c)) / normalization.deviation().get(c));
      }
    }
    return manager.create(values, new Shape(1, 3, height, width));
  }
}
