/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.Pass;

/**
 * What one pass of the paper's network computes at 224 px, held against every stage, the anomaly
 * map and the loss that the authors' code computes. Each stage's noise is the distance of their
 * float32 run from their float64 run.
 */
public final class ComputedStages {

  private static final double NOISES = 10;
  private static final double RELATIVE = 1e-6;

  /** Largest difference of an element of the anomaly map. */
  private static final double PREDICTION = 2e-5;

  private final List<Stage> stages;
  private final Map<String, Difference> computed = new HashMap<>();
  private double prediction;

  private ComputedStages(List<Stage> stages) {
    this.stages = stages;
  }

  /**
   * Computes.
   *
   * @param network of the released loss, with the weights of {@link Fill}
   * @param images {@link Fill}'s input (2,3,224,224)
   */
  public static ComputedStages of(AnomalyNetwork network, NDArray images, Pass pass) {
    Stored stored = Golden.json("golden/stages.json", Stored.class);
    float[] slices = Golden.floats("golden/stages.f4");
    ComputedStages result = new ComputedStages(stored.stages);
    Map<String, Stage> byName = new HashMap<>();
    stored.stages.forEach(stage -> byName.put(stage.name, stage));
    Pass probed =
        pass.withProbe(
            (name, value) -> {
              Stage stage = byName.get(name);
              if (stage != null) {
                result.computed.put(name, Difference.of(stage, slices, value));
              }
            });
    AnomalyNetwork.Output output = network.forward(images, probed);
    float[] expected = Golden.floats("golden/pred.f4");
    float[] map = output.anomalyMap().toFloatArray();
    assertEquals(expected.length, map.length);
    for (int i = 0; i < map.length; i++) {
      result.prediction = larger(result.prediction, Math.abs(map[i] - expected[i]));
    }
    assertEquals(stored.eval_loss, output.loss().getFloat(), 1e-5 * stored.eval_loss, "loss");
    return result;
  }

  /** Insists that every stage was computed. */
  public void assertComplete() {
    Set<String> missing = new TreeSet<>();
    stages.forEach(stage -> missing.add(stage.name));
    missing.removeAll(computed.keySet());
    assertEquals(Set.of(), missing, "stages that were not computed");
  }

  /** Insists that some stages were computed, and that all that were agree. */
  public void assertAgree(List<String> always) {
    List<String> failures = new ArrayList<>();
    for (Stage stage : stages) {
      Difference difference = computed.get(stage.name);
      if (difference == null) {
        assertTrue(!always.contains(stage.name), () -> stage.name + " was not computed");
      } else if (difference.largest > stage.allowed() || Math.abs(difference.sums) > 1e-5) {
        failures.add(
            "%s: off by %.2e, allowed %.2e; sum of sizes off by %.1e"
                .formatted(stage.name, difference.largest, stage.allowed(), difference.sums));
      }
    }
    assertTrue(
        failures.isEmpty(),
        () -> "first failing stage: " + failures.get(0) + " (of " + failures.size() + ")");
    assertTrue(prediction <= PREDICTION, "prediction off by " + prediction);
  }

  /** The largest difference of an element of the anomaly map. */
  public double prediction() {
    return prediction;
  }

  /** A table in Markdown: a row for each stage in the order of the computation. */
  public static String table(ComputedStages direct, ComputedStages optimized) {
    StringBuilder text =
        new StringBuilder(
            "| stage | largest value | stated noise | allowed | direct | optimized |\n"
                + "|---|---|---|---|---|---|\n");
    for (Stage stage : direct.stages) {
      text.append(
          "| `%s` | %.3g | %.1e | %.1e | %s | %s |%n"
              .formatted(
                  stage.name,
                  stage.largest,
                  stage.noise,
                  stage.allowed(),
                  direct.shown(stage),
                  optimized.shown(stage)));
    }
    text.append(
        "| anomaly map, every pixel | | | %.1e | %.1e | %.1e |%n"
            .formatted(PREDICTION, direct.prediction, optimized.prediction));
    return text.toString();
  }

  private String shown(Stage stage) {
    Difference difference = computed.get(stage.name);
    return difference == null ? "folded away" : "%.1e".formatted(difference.largest);
  }

  private static double larger(double a, double b) {
    return Math.max(a, Double.isNaN(b) ? Double.MAX_VALUE : b);
  }

  private record Stored(double eval_loss, List<Stage> stages) {}

  private record Stage(
      String name,
      long[] shape,
      double std,
      double abs_sum,
      double largest,
      double noise,
      int step,
      int offset,
      int count) {

    double allowed() {
      return Math.max(NOISES * noise, RELATIVE * largest);
    }
  }

  /**
   * Ours minus theirs.
   *
   * @param largest of the elements that are stored
   * @param sums relative, of all elements' sizes
   */
  private record Difference(double largest, double sums) {

    static Difference of(Stage stage, float[] slices, NDArray value) {
      float[] values = layout(stage, value).toFloatArray();
      double sum = 0;
      for (float v : values) {
        sum += Math.abs(v);
      }
      double worst = 0;
      for (int i = 0; i < stage.count; i++) {
        worst = larger(worst, Math.abs(values[i * stage.step] - slices[stage.offset + i]));
      }
      return new Difference(worst, sum / stage.abs_sum - 1);
    }

    /** The stored tokens are (L,N,C), ours (N,L,C). */
    private static NDArray layout(Stage stage, NDArray value) {
      long[] ours = value.getShape().getShape();
      if (stage.name.equals("pixel_decoder.pe")) {
        return value.transpose(0, 2, 1).concat(value.transpose(0, 2, 1), 0);
      }
      if (stage.shape.length == 3 && stage.shape[0] == ours[1] && stage.shape[1] == ours[0]) {
        return value.transpose(1, 0, 2);
      }
      return value;
    }
  }
}
