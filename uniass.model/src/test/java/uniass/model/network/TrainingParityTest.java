/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.network.AnomalyNetwork;
import uniass.model.golden.Fill;
import uniass.model.golden.Golden;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Parameter;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/**
 * Training steps of the paper's network at 224 px, batch 2, against the authors' code in double
 * precision.
 *
 * <p>In double precision the optimized execution's gradients and first update agree to what the
 * single precision of its constants leaves: it computes the same function.
 *
 * <p>In single precision rounding moves gradients, mostly where a unit lies at the kink of a ReLU.
 * The authors' float32 run, made without oneDNN, is within 1.7e-5 (gradient norms), 2.1e-4 (update
 * norms) and 1.2e-4 (loss after five steps) of double precision. With oneDNN, PyTorch 2.7.1 itself
 * is off by 2.2e-4 in gradient norms, and by 5.6e-3 in those of the query's spatial weight, whose
 * terms nearly cancel (the bias has a norm of 0.02). About three times these are allowed here, five
 * times in gradients of the optimized execution, which rounds elsewhere, and six times in its
 * updates: AdamW's first step divides a gradient by its own size.
 */
class TrainingParityTest {

  private static final double GRADIENT = 5e-4;
  private static final double OPTIMIZED_GRADIENT = 1.1e-3;
  private static final double CANCELING_GRADIENT = 1e-2;
  private static final String CANCELING = "query_processor.spatial_weight.conv.";
  private static final double UPDATE = 1.3e-3;
  private static final double UPDATE_SAMPLE = 3e-5;
  private static final double LATER_LOSS = 3.6e-4;
  private static final double CLIP = 0.1;

  /** Of an element of a gradient in double precision, of its own or the usual size. */
  private static final double DOUBLE = 5e-6;

  private static final double DOUBLE_CANCELING = 1e-4;

  /** AdamW's first step divides a gradient by its own size, however small that is. */
  private static final double DOUBLE_UPDATE = 2e-4;

  private static final double DOUBLE_LOSS = 1e-7;
  private static final double RATE = 1e-4;

  private static EngineReady engine;
  private static NDManager manager;
  private static NDArray images;

  @BeforeAll
  static void load() {
    engine = Engines.load();
    manager = engine.newManager(Device.cpu());
    images = Fill.input(manager, 2, 3, 224, 224);
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "paper, golden/train_step_paper.json, OPTIMIZED, 5",
    "released, golden/train_step.json, OPTIMIZED, 5",
    "released, golden/train_step.json, DIRECT, 0"
  })
  void stepsAgree(String cosine, String resource, Execution execution, int steps) {
    Stored stored = Golden.json(resource, Stored.class);
    try (AnomalyNetwork network = network(cosine, 0);
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4))) {
      Gradients gradients = new Gradients(network.parameters());
      for (int step = 0; step <= steps; step++) {
        gradients.zero();
        double loss =
            gradients.accumulate(() -> network.loss(images, Pass.training(1).with(execution)));
        double expected = stored.loss[step];
        double allowed = step == 0 ? 1e-6 : LATER_LOSS;
        System.out.printf(
            "%s %s, loss after %d steps: %.6f, off by %.1e%n",
            cosine, execution, step, loss, loss / expected - 1);
        assertEquals(expected, loss, allowed * Math.abs(expected), "loss after steps: " + step);
        if (step == 0) {
          assertGradients(
              stored, gradients, execution == Execution.DIRECT ? GRADIENT : OPTIMIZED_GRADIENT);
        }
        if (step < steps) {
          double norm = gradients.clip(CLIP);
          assertEquals(stored.norm[step], norm, (step == 0 ? 1e-4 : 2e-3) * norm, "norm " + step);
          Map<String, float[]> before = step == 0 ? values(network) : Map.of();
          optimizer.step(gradients, RATE);
          if (step == 0) {
            assertUpdates(stored, before, values(network));
          }
        }
      }
    }
  }

  @Test
  void inDoublePrecisionEveryGradientAndUpdateAgrees() {
    Stored stored = Golden.json("golden/train_step_paper.json", Stored.class);
    try (AnomalyNetwork network = network("paper", 0);
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4));
        NDArray doubled = DoublePrecision.doubled(images)) {
      DoublePrecision.of(network);
      DoublePrecision.of(optimizer);
      Gradients gradients = new Gradients(network.parameters());
      double loss = gradients.accumulate(() -> network.loss(doubled, Pass.training(1)));
      assertEquals(stored.loss[0], loss, DOUBLE_LOSS * loss);
      List<String> failures = new ArrayList<>();
      for (StoredParameter p : stored.parameters) {
        double[] gradient = DoublePrecision.gradient(network.parameters().get(p.name));
        double allowed = p.name.contains(CANCELING) ? DOUBLE_CANCELING : DOUBLE;
        p.compare("gradient", gradient, p.grad, p.grad_norm, allowed, failures);
      }
      assertEquals(stored.norm[0], gradients.clip(CLIP), DOUBLE * stored.norm[0]);
      Map<String, double[]> before = doubles(network);
      optimizer.step(gradients, RATE);
      Map<String, double[]> after = doubles(network);
      for (StoredParameter p : stored.parameters) {
        double[] update = after.get(p.name);
        for (int i = 0; i < update.length; i++) {
          update[i] -= before.get(p.name)[i];
        }
        p.compare("update", update, p.update, p.update_norm, DOUBLE_UPDATE, failures);
      }
      assertTrue(failures.isEmpty(), failures::toString);
      gradients.zero();
      double later = gradients.accumulate(() -> network.loss(doubled, Pass.training(1)));
      assertEquals(stored.loss[1], later, 100 * DOUBLE_LOSS * later, "loss after one step");
    }
  }

  private static Map<String, double[]> doubles(AnomalyNetwork network) {
    Map<String, double[]> values = new HashMap<>();
    for (Parameter parameter : network.parameters().parameters()) {
      if (parameter.trainable()) {
        values.put(parameter.name(), DoublePrecision.values(parameter.value()));
      }
    }
    return values;
  }

  @Test
  void jitterAgrees() {
    Jitter stored = Golden.json("golden/jitter.json", Jitter.class);
    Map<String, float[]> noised = new HashMap<>();
    try (AnomalyNetwork network = network("released", 1)) {
      Gradients gradients = new Gradients(network.parameters());
      double loss =
          gradients.accumulate(
              () ->
                  network.loss(
                      images,
                      Pass.training(1)
                          .withNoise(Fill::noise)
                          .withProbe(
                              (name, value) -> {
                                if (name.startsWith("noised_features.")) {
                                  noised.put(name, value.toFloatArray());
                                }
                              })));
      assertEquals(stored.loss, loss, 1e-6 * stored.loss);
      assertEquals(stored.norm, gradients.norm(), 1e-4 * stored.norm);
    }
    for (JitterLevel level : stored.levels) {
      float[] actual = noised.get("noised_features." + level.name);
      double tolerance = Math.max(10 * level.noise, 1e-6 * level.largest);
      for (int i = 0; i < level.values.length; i++) {
        assertEquals(level.values[i], actual[i * level.step], tolerance, level.name);
      }
    }
  }

  private static AnomalyNetwork network(String cosine, double jitter) {
    var plan =
        new PlanBuilder()
            .pixelDecoder("transformer-fpn", Map.of("dropout", 0.0))
            .attention("spatial-channel", Map.of("dropout", 0.0))
            .jitter(20, jitter)
            .loss(List.of("mse", "cosine"), cosine, 10)
            .build();
    AnomalyNetwork network = new AssembledNetworks(engine).assemble(plan, Device.cpu(), 1);
    Fill.apply(network.parameters());
    return network;
  }

  private static Map<String, float[]> values(AnomalyNetwork network) {
    Map<String, float[]> values = new HashMap<>();
    for (Parameter parameter : network.parameters().parameters()) {
      if (parameter.trainable()) {
        values.put(parameter.name(), parameter.value().toFloatArray());
      }
    }
    return values;
  }

  private static void assertGradients(Stored stored, Gradients gradients, double tolerance) {
    List<String> failures = new ArrayList<>();
    double worst = 0;
    double worstSample = 0;
    for (StoredParameter p : stored.parameters) {
      float[] gradient = gradients.of(p.name);
      double off = Math.abs(norm(gradient) / p.grad_norm - 1);
      worst = Math.max(worst, off);
      double scale = p.grad_norm / Math.sqrt(gradient.length);
      double sample = 0;
      for (int i = 0; i < p.index.length; i++) {
        double size = Math.max(scale, Math.abs(p.grad[i]));
        sample = Math.max(sample, Math.abs(gradient[p.index[i]] - p.grad[i]) / size);
      }
      worstSample = Math.max(worstSample, sample);
      double allowed = p.name.contains(CANCELING) ? CANCELING_GRADIENT : tolerance;
      if (off > allowed || sample > 10 * allowed) {
        failures.add("%s: norm off by %.1e, samples by %.1e".formatted(p.name, off, sample));
      }
    }
    System.out.printf("gradient norms off by %.1e, samples %.1e%n", worst, worstSample);
    assertEquals(324, stored.parameters.size());
    assertTrue(failures.isEmpty(), failures::toString);
  }

  private static void assertUpdates(
      Stored stored, Map<String, float[]> before, Map<String, float[]> after) {
    List<String> failures = new ArrayList<>();
    double worst = 0;
    double worstSample = 0;
    for (StoredParameter p : stored.parameters) {
      float[] a = before.get(p.name);
      float[] b = after.get(p.name);
      float[] update = new float[a.length];
      for (int i = 0; i < a.length; i++) {
        update[i] = b[i] - a[i];
      }
      double off = Math.abs(norm(update) / p.update_norm - 1);
      worst = Math.max(worst, off);
      if (off > (p.name.contains(CANCELING) ? CANCELING_GRADIENT : UPDATE)) {
        failures.add("%s: update norm off by %.1e".formatted(p.name, off));
      }
      // Where the gradient is smaller than what rounding may do to it, the step's direction is
      // open.
      double least =
          p.name.contains(CANCELING) ? CANCELING_GRADIENT * p.grad_norm / Math.sqrt(a.length) : 0;
      for (int i = 0; i < p.index.length; i++) {
        if (Math.abs(p.grad[i]) >= least) {
          worstSample = Math.max(worstSample, Math.abs(update[p.index[i]] - p.update[i]));
        }
      }
    }
    assertTrue(worstSample < UPDATE_SAMPLE, "samples of updates off by " + worstSample);
    System.out.printf("update norms off by %.1e, samples %.1e%n", worst, worstSample);
    assertTrue(failures.isEmpty(), failures::toString);
  }

  private static double norm(float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    return Math.sqrt(square);
  }

  private record Stored(double[] loss, double[] norm, List<StoredParameter> parameters) {}

  private record StoredParameter(
      String name,
      double grad_norm,
      double update_norm,
      int[] index,
      double[] grad,
      double[] update,
      double[] qkv_grad_norms,
      double[] qkv_update_norms) {

    void compare(
        String what,
        double[] actual,
        double[] expected,
        double norm,
        double allowed,
        List<String> failures) {
      double square = 0;
      for (double value : actual) {
        square += value * value;
      }
      double off = Math.abs(Math.sqrt(square) / norm - 1);
      double usual = norm / Math.sqrt(actual.length);
      for (int i = 0; i < index.length; i++) {
        double size = Math.max(usual, Math.abs(expected[i]));
        off = Math.max(off, Math.abs(actual[index[i]] - expected[i]) / size);
      }
      if (!(off <= allowed)) {
        failures.add("%s of %s: off by %.1e".formatted(what, name, off));
      }
    }
  }

  private record Jitter(double loss, double norm, List<JitterLevel> levels) {}

  private record JitterLevel(
      String name, double largest, double noise, int step, double[] values) {}
}
