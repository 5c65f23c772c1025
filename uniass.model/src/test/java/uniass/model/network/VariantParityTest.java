package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Parameter;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** Every variant, at small sizes, against an independent computation in double precision. */
class VariantParityTest {

  /**
   * Units at the kink of a ReLU fall to either side by rounding alone, also in PyTorch's own
   * float32.
   */
  private static final double NORM = 3e-4;

  /**
   * The optimized execution rounds elsewhere than PyTorch, so other units lie at the kink: one that
   * falls to the other side moves some gradients by a fraction of a percent. Mistakes move them
   * more.
   */
  private static final double OPTIMIZED_SHARE = 5e-3;

  private static final double OPTIMIZED_FLOOR = 1e-5;

  private static final double NOISES = 10;

  private static EngineReady engine;

  @BeforeAll
  static void load() {
    engine = Engines.load();
  }

  static Stream<String> variants() {
    return Stream.of(
        "attention-pre",
        "attention-self-first",
        "attention-spatial",
        "combination-1",
        "combination-2",
        "decoder-mask-0",
        "decoder-mask-5",
        "default",
        "default-96x64",
        "default-b0",
        "encoder-mask-3",
        "encoder-mask-7",
        "encoder-pre",
        "features-gaussian",
        "features-none",
        "fusion-mean",
        "gated-conv1x1",
        "gated-conv3x3",
        "gated-conv3x3x3",
        "gated-identity",
        "gated-mgg-cnn-branches",
        "gated-mgg-cnn-light",
        "gated-mlp",
        "loss-cosine",
        "loss-mse",
        "map-filter-none",
        "pixel-decoder-fpn",
        "pre-both",
        "processor-plain",
        "projector-conv1x1",
        "projector-conv3x3x3",
        "projector-identity",
        "projector-mlp1",
        "projector-mlp3");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void agrees(String name) {
    Stored stored = new Stored(Golden.json("variants/" + name + ".json").getAsJsonObject());
    try (AnomalyNetwork network = stored.network("paper", 0);
        NDManager manager = engine.newManager(Device.cpu())) {
      NDArray images = stored.images(manager);
      stored.assertParameters(network);
      for (Execution execution : Execution.values()) {
        stored.assertForward(network, images, execution);
        stored.assertGradients(network, images, execution);
      }
      try (AnomalyNetwork released = stored.network("released", 0)) {
        var output = released.forward(images, Pass.inference());
        stored.assertLoss("released", output.loss().getFloat());
      }
      try (AnomalyNetwork noisy = stored.network("paper", 1)) {
        stored.assertJitter(noisy, images);
      }
    }
  }

  /** One stored run. */
  private record Stored(JsonObject json) {

    AnomalyNetwork network(String cosine, double jitter) {
      JsonObject model = json.getAsJsonObject("experiment");
      JsonArray size = json.getAsJsonArray("image-size");
      PlanBuilder plan =
          Experiments.plan(model, size.get(0).getAsInt(), size.get(1).getAsInt())
              .jitter(20, jitter);
      AnomalyNetwork network =
          new AssembledNetworks(engine)
              .assemble(Experiments.loss(plan, model, cosine).build(), Device.cpu(), 1);
      Fill.apply(network.parameters());
      return network;
    }

    NDArray images(NDManager manager) {
      return Fill.input(manager, new Gson().fromJson(json.get("input"), long[].class));
    }

    void assertParameters(AnomalyNetwork network) {
      List<String> expected = new ArrayList<>();
      for (JsonElement entry : json.getAsJsonArray("parameters")) {
        expected.add(entry.getAsJsonArray().get(0).getAsString());
        Parameter ours = network.parameters().get(expected.get(expected.size() - 1));
        assertTrue(ours != null, () -> "no parameter " + entry);
        long[] shape = new Gson().fromJson(entry.getAsJsonArray().get(1), long[].class);
        assertArrayEquals(shape, ours.value().getShape().getShape(), ours.name());
      }
      List<String> actual =
          network.parameters().parameters().stream()
              .map(Parameter::name)
              .filter(n -> !n.startsWith("backbone."))
              .toList();
      assertEquals(expected.stream().sorted().toList(), actual.stream().sorted().toList());
    }

    void assertForward(AnomalyNetwork network, NDArray images, Execution execution) {
      NDList maps = new NDList();
      Pass pass =
          Pass.inference()
              .with(execution)
              .withProbe(
                  (stage, value) -> {
                    if (stage.endsWith(".anomaly_blurred")) {
                      maps.add(value.duplicate());
                      ai.djl.ndarray.NDScope.unregister(maps.get(maps.size() - 1));
                    }
                  });
      AnomalyNetwork.Output output = network.forward(images, pass);
      summary("prediction").assertEqual("prediction", output.anomalyMap(), noise("prediction"));
      for (int i = 0; i < 4; i++) {
        summary("target", i)
            .assertEqual("target " + i, output.targets().get(i), 2e-5 * summary("target", i).std());
        summary("reconstruction", i)
            .assertEqual(
                "reconstruction " + i, output.reconstructions().get(i), noise("reconstruction", i));
        summary("map", i).assertEqual("map " + i, maps.get(i), noise("map", i));
      }
      assertLoss("paper", output.loss().getFloat());
      maps.close();
    }

    void assertLoss(String form, double actual) {
      double expected = json.getAsJsonObject("loss").get(form).getAsDouble();
      assertEquals(expected, actual, 3e-6 * Math.abs(expected), "loss, " + form);
    }

    void assertGradients(AnomalyNetwork network, NDArray images, Execution execution) {
      Gradients gradients = new Gradients(network.parameters());
      double loss =
          gradients.accumulate(() -> network.loss(images, Pass.training(1).with(execution)));
      assertLoss("paper", loss);
      double noise = NOISES * json.getAsJsonObject("noise").get("gradient").getAsDouble();
      double norm = json.get("gradient_norm").getAsDouble();
      double floor = (execution == Execution.DIRECT ? 1e-9 : OPTIMIZED_FLOOR) * norm;
      assertEquals(norm, gradients.norm(), NORM * norm, "gradient norm");
      for (JsonElement entry : json.getAsJsonArray("parameters")) {
        JsonArray fields = entry.getAsJsonArray();
        String name = fields.get(0).getAsString();
        double expected = fields.get(2).getAsDouble();
        int[] index = new Gson().fromJson(fields.get(3), int[].class);
        double[] value = new Gson().fromJson(fields.get(4), double[].class);
        double tolerance =
            fields.size() > 5
                ? NOISES * fields.get(5).getAsDouble() + floor
                : noise * expected + floor;
        float[] actual = gradients.of(name);
        for (int i = 0; i < index.length; i++) {
          double share = execution == Execution.DIRECT ? 0 : OPTIMIZED_SHARE * Math.abs(value[i]);
          assertEquals(
              value[i], actual[index[i]], tolerance + share, execution + ": gradient of " + name);
        }
        double square = 0;
        for (float g : actual) {
          square += (double) g * g;
        }
        assertEquals(
            expected,
            Math.sqrt(square),
            tolerance * Math.sqrt(actual.length),
            execution + ": gradient norm of " + name);
      }
      gradients.zero();
    }

    void assertJitter(AnomalyNetwork network, NDArray images) {
      JsonObject jitter = json.getAsJsonObject("jitter");
      Gradients gradients = new Gradients(network.parameters());
      double loss =
          gradients.accumulate(() -> network.loss(images, Pass.training(1).withNoise(Fill::noise)));
      double expected = jitter.get("loss").getAsDouble();
      assertEquals(expected, loss, 3e-6 * Math.abs(expected), "loss with jitter");
      double norm = jitter.get("gradient_norm").getAsDouble();
      assertEquals(norm, gradients.norm(), NORM * norm, "gradient norm with jitter");
    }

    private Summary summary(String name) {
      return new Gson().fromJson(json.get(name), Summary.class);
    }

    private Summary summary(String name, int level) {
      return new Gson().fromJson(json.getAsJsonArray(name).get(level), Summary.class);
    }

    private double noise(String name) {
      return NOISES * json.getAsJsonObject("noise").get(name).getAsDouble();
    }

    private double noise(String name, int level) {
      return NOISES * json.getAsJsonObject("noise").getAsJsonArray(name).get(level).getAsDouble();
    }
  }
}
