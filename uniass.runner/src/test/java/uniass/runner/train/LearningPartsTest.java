/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.example.UncertainError;
import org.example.WeightedFusion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.checkpoint.TensorData;
import uniass.api.network.LossTerm;
import uniass.api.network.MapFusion;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.testing.TinyDataset;

/** What a plug-in learns is trained, saved, restored on resume and loaded with the model. */
class LearningPartsTest {

  private static final String LOSS = "loss.uncertain.log_variance";
  private static final String FUSION = "map_fusion.weight";
  private static final String HEAD = "map_fusion.out.weight";

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();
  private Path data;

  @BeforeEach
  void draw() throws IOException {
    data = TinyDataset.write(folder.resolve("data"), 4, 2, 32);
    training.plugins.with(LossTerm.class, "uncertain", UncertainError.class);
    training.plugins.with(MapFusion.class, "weighted", WeightedFusion.class);
  }

  private Map<String, TensorData> train(String out, int epochs, boolean resume) {
    String[] more = {
      "train.epochs=" + epochs, "model.loss.terms=[mse, uncertain]", "model.fusion=weighted"
    };
    training.train(training.spec(data, more), folder.resolve(out), resume, Progress.NONE);
    return tensors(out);
  }

  private Map<String, TensorData> tensors(String out) {
    return training.services.checkpoints().read(model(out)).tensors();
  }

  private Path model(String out) {
    return folder.resolve(out).resolve("model.safetensors");
  }

  private static ByteBuffer bytes(Map<String, TensorData> tensors, String name) {
    assertTrue(tensors.containsKey(name), name + " is not among " + tensors.keySet());
    return tensors.get(name).data();
  }

  @Test
  void trainsAndResumes() {
    Map<String, TensorData> whole = train("whole", 2, false);
    Map<String, TensorData> first = train("resumed", 1, false);
    Map<String, TensorData> second = train("resumed", 2, true);
    assertNotEquals(0, bytes(first, LOSS).getFloat(0), "it has learned");
    assertNotEquals(bytes(first, LOSS), bytes(second, LOSS), "it goes on learning");
    whole.keySet().forEach(name -> assertEquals(bytes(whole, name), bytes(second, name), name));
    assertEquals(bytes(first, FUSION), bytes(second, FUSION), "no loss reaches the fusion");
  }

  @Test
  void aFusionThatLearnsFromPaintedDefectsTrainsAndResumes() {
    String[] refined = {"model.fusion=refined", "train.epochs=2"};
    String[] once = {"model.fusion=refined", "train.epochs=1"};
    training.train(training.spec(data, refined), folder.resolve("whole"), false, Progress.NONE);
    training.train(training.spec(data, once), folder.resolve("resumed"), false, Progress.NONE);
    Map<String, TensorData> first = tensors("resumed");
    training.train(training.spec(data, refined), folder.resolve("resumed"), true, Progress.NONE);
    Map<String, TensorData> whole = tensors("whole");
    Map<String, TensorData> second = tensors("resumed");
    assertNotEquals(bytes(first, HEAD), bytes(second, HEAD), "it goes on learning");
    whole.keySet().forEach(name -> assertEquals(bytes(whole, name), bytes(second, name), name));
  }

  @Test
  void aModelOpensWithoutThePluginOfItsLoss() {
    train("run", 1, false);
    training.plugins.remove("uncertain");
    try (LoadedModel opened =
        training.services.models().open(model("run"), Optional.empty(), Device.cpu())) {
      assertTrue(opened.network().parameters().get(FUSION) != null, "the fusion's weights");
    }
  }
}
