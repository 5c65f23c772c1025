/* SPDX-License-Identifier: Apache-2.0 */
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
import uniass.api.network.AnomalyNetwork;
import uniass.model.golden.Fill;
import uniass.model.golden.Golden;
import uniass.model.golden.Summary;
import uniass.tensor.EngineReady;
import uniass.tensor.Gradients;
import uniass.tensor.Parameter;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** One variant at a small size, as an independent program computed it in double precision. */
record StoredRun(EngineReady engine, JsonObject json) {

  private static final double NOISES = 10;

  /** Of an element of a gradient in double precision, of its own or the usual size. */
  private static final double DOUBLE = 2e-6;

  private static final double DOUBLE_CANCELING = 3e-5;
  private static final double DOUBLE_LOSS = 1e-7;

  /** Of the norm of all gradients together, in single precision. */
  private static final double NORM = 3e-4;

  static StoredRun of(EngineReady engine, String name) {
    return new StoredRun(engine, Golden.json("variants/" + name + ".json").getAsJsonObject());
  }

  AnomalyNetwork network(String cosine, double jitter) {
    JsonObject model = json.getAsJsonObject("experiment");
    JsonArray size = json.getAsJsonArray("image-size");
    PlanBuilder plan =
        Experiments.plan(model, size.get(0).getAsInt(), size.get(1).getAsInt()).jitter(20, jitter);
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
    int levels = json.getAsJsonArray("map").size();
    assertEquals(levels, output.targets().size(), "levels");
    for (int i = 0; i < levels; i++) {
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

  /**
   * Gradients in single precision.
   *
   * @param share of a gradient's size that may differ, beside ten times PyTorch's own noise
   * @param floor the same, of the norm of all gradients together
   */
  void assertGradients(
      AnomalyNetwork network, NDArray images, Execution execution, double share, double floor) {
    Gradients gradients = new Gradients(network.parameters());
    double loss =
        gradients.accumulate(() -> network.loss(images, Pass.training(1).with(execution)));
    assertLoss("paper", loss);
    double noise = NOISES * json.getAsJsonObject("noise").get("gradient").getAsDouble();
    double norm = json.get("gradient_norm").getAsDouble();
    assertEquals(norm, gradients.norm(), NORM * norm, "gradient norm");
    for (StoredGradient stored : gradients()) {
      double tolerance = stored.noise(NOISES, noise) + floor * norm;
      String name = execution + ": gradient of " + stored.name;
      float[] actual = gradients.of(stored.name);
      double square = 0;
      for (float g : actual) {
        square += (double) g * g;
      }
      for (int i = 0; i < stored.index.length; i++) {
        double expected = stored.value[i];
        double allowed = tolerance + share * Math.abs(expected);
        assertEquals(expected, actual[stored.index[i]], allowed, name);
      }
      double allowed = tolerance * Math.sqrt(actual.length) + share * stored.norm;
      assertEquals(stored.norm, Math.sqrt(square), allowed, "norm of " + name);
    }
    gradients.zero();
  }

  /**
   * Gradients in double precision: no unit falls to the wrong side of a kink, so they agree to what
   * the constants' single precision leaves.
   */
  void assertGradientsInDouble(NDArray images, Execution execution) {
    try (AnomalyNetwork network = network("paper", 0);
        NDArray doubled = DoublePrecision.doubled(images)) {
      DoublePrecision.of(network);
      Gradients gradients = new Gradients(network.parameters());
      double loss =
          gradients.accumulate(() -> network.loss(doubled, Pass.training(1).with(execution)));
      double expectedLoss = json.getAsJsonObject("loss").get("paper").getAsDouble();
      assertEquals(expectedLoss, loss, DOUBLE_LOSS * Math.abs(expectedLoss), "loss");
      double norm = json.get("gradient_norm").getAsDouble();
      assertEquals(norm, gradients.norm(), DOUBLE_LOSS * norm, "gradient norm");
      for (StoredGradient stored : gradients()) {
        double[] actual = DoublePrecision.gradient(network.parameters().get(stored.name));
        double usual = stored.norm / Math.sqrt(actual.length);
        double tolerance = stored.cancels() ? DOUBLE_CANCELING : DOUBLE;
        for (int i = 0; i < stored.index.length; i++) {
          double expected = stored.value[i];
          double allowed = tolerance * Math.max(usual, Math.abs(expected)) + 1e-15 * norm;
          assertEquals(
              expected,
              actual[stored.index[i]],
              allowed,
              execution + ", double precision: gradient of " + stored.name);
        }
      }
    }
  }

  private List<StoredGradient> gradients() {
    List<StoredGradient> gradients = new ArrayList<>();
    for (JsonElement entry : json.getAsJsonArray("parameters")) {
      JsonArray fields = entry.getAsJsonArray();
      gradients.add(
          new StoredGradient(
              fields.get(0).getAsString(),
              fields.get(2).getAsDouble(),
              new Gson().fromJson(fields.get(3), int[].class),
              new Gson().fromJson(fields.get(4), double[].class),
              fields.size() > 5 ? fields.get(5).getAsDouble() : Double.NaN));
    }
    return gradients;
  }

  /**
   * A parameter's gradient.
   *
   * @param ownNoise of this gradient in PyTorch's single precision, where it is not as usual
   */
  private record StoredGradient(
      String name, double norm, int[] index, double[] value, double ownNoise) {

    /** Whether its terms nearly cancel. */
    boolean cancels() {
      return name.contains("query_processor.spatial_weight.conv.");
    }

    double noise(double noises, double usual) {
      return Double.isNaN(ownNoise) ? usual * norm : noises * ownNoise;
    }
  }

  /**
   * Loss and gradients with given noise: in double precision, and the loss in single precision,
   * where units that fall to the wrong side of a kink move the gradients by 5e-4 on some
   * processors.
   */
  void assertJitter(NDArray images) {
    try (AnomalyNetwork network = network("paper", 1);
        NDArray doubled = DoublePrecision.doubled(images)) {
      JsonObject jitter = json.getAsJsonObject("jitter");
      double expected = jitter.get("loss").getAsDouble();
      Pass single = Pass.training(1).withNoise(Fill::noise);
      assertEquals(
          expected,
          network.loss(images, single).getFloat(),
          3e-6 * Math.abs(expected),
          "loss with jitter");
      DoublePrecision.of(network);
      Pass pass = single.withNoise((name, like) -> DoublePrecision.doubled(Fill.noise(name, like)));
      Gradients gradients = new Gradients(network.parameters());
      double loss = gradients.accumulate(() -> network.loss(doubled, pass));
      assertEquals(expected, loss, DOUBLE_LOSS * Math.abs(expected), "loss with jitter");
      double norm = jitter.get("gradient_norm").getAsDouble();
      assertEquals(norm, gradients.norm(), DOUBLE_LOSS * norm, "gradient norm with jitter");
    }
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
