package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** The paper's network at 224 px against every stage that the authors' code computes. */
class ForwardParityTest {

  private static final double NOISES = 10;
  private static final double RELATIVE = 1e-6;
  private static final double PREDICTION = 2e-5;

  private static AnomalyNetwork network;
  private static NDManager manager;
  private static NDArray images;

  @BeforeAll
  static void build() {
    EngineReady engine = Engines.load();
    var plan = new PlanBuilder().loss(List.of("mse", "cosine"), "released", 10).build();
    network = new AssembledNetworks(engine).assemble(plan, Device.cpu(), 1);
    Fill.apply(network.parameters());
    manager = engine.newManager(Device.cpu());
    images = Fill.input(manager, 2, 3, 224, 224);
  }

  @AfterAll
  static void close() {
    manager.close();
    network.close();
  }

  @Test
  void directExecutionAgreesInEveryStage() {
    Map<String, Check> computed = forward(Execution.DIRECT);
    Stages stages = Golden.json("golden/stages.json", Stages.class);
    List<String> missing =
        stages.stages.stream().map(Stage::name).filter(n -> !computed.containsKey(n)).toList();
    assertEquals(List.of(), missing, "stages that were not computed");
    assertNoFailure(stages, computed);
  }

  @Test
  void optimizedExecutionAgreesInWhatItStillComputes() {
    Map<String, Check> computed = forward(Execution.OPTIMIZED);
    for (String always :
        List.of("features.res1", "features.res4", "predictor.level3.recon_feature", "pred")) {
      assertTrue(computed.containsKey(always), always);
    }
    assertNoFailure(Golden.json("golden/stages.json", Stages.class), computed);
  }

  private static Map<String, Check> forward(Execution execution) {
    Stages stages = Golden.json("golden/stages.json", Stages.class);
    float[] slices = Golden.floats("golden/stages.f4");
    Map<String, Stage> byName = new HashMap<>();
    stages.stages.forEach(stage -> byName.put(stage.name, stage));
    Map<String, Check> checks = new HashMap<>();
    Pass pass =
        Pass.inference()
            .with(execution)
            .withProbe(
                (name, value) -> {
                  Stage stage = byName.get(name);
                  if (stage != null) {
                    checks.put(name, Check.of(stage, slices, value));
                  }
                });
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var output = network.forward(images, pass);
      float[] expected = Golden.floats("golden/pred.f4");
      float[] map = output.anomalyMap().toFloatArray();
      double worst = 0;
      for (int i = 0; i < map.length; i++) {
        worst = Math.max(worst, Math.abs(map[i] - expected[i]));
      }
      System.out.printf("%s: prediction off by %.2e%n", execution, worst);
      assertTrue(worst <= PREDICTION, "prediction off by " + worst);
      assertEquals(stages.eval_loss, output.loss().getFloat(), 1e-5 * stages.eval_loss);
    }
    return checks;
  }

  private static void assertNoFailure(Stages stages, Map<String, Check> computed) {
    List<String> failures = new ArrayList<>();
    double worst = 0;
    String worstName = "";
    for (Stage stage : stages.stages) {
      Check check = computed.get(stage.name);
      if (check == null) {
        continue;
      }
      double tolerance = Math.max(NOISES * stage.noise, RELATIVE * stage.largest);
      if (check.difference / tolerance > worst) {
        worst = check.difference / tolerance;
        worstName = stage.name;
      }
      boolean sums = Math.abs(check.absoluteSum / stage.abs_sum - 1) < 1e-5;
      if (check.difference > tolerance || !sums) {
        failures.add(
            "%s: off by %.2e, allowed %.2e; sum of sizes off by %.1e"
                .formatted(
                    stage.name,
                    check.difference,
                    tolerance,
                    check.absoluteSum / stage.abs_sum - 1));
      }
    }
    System.out.printf(
        "%d stages, worst %s at %.2f of its tolerance%n", computed.size(), worstName, worst);
    assertTrue(
        failures.isEmpty(),
        () -> "first failing stage: " + failures.get(0) + " (of " + failures.size() + ")");
  }

  record Stages(double eval_loss, List<Stage> stages) {}

  record Stage(
      String name,
      long[] shape,
      double std,
      double abs_sum,
      double largest,
      double noise,
      int step,
      int offset,
      int count) {}

  private record Check(double difference, double absoluteSum) {

    static Check of(Stage stage, float[] slices, NDArray value) {
      float[] values = layout(stage, value).toFloatArray();
      double sum = 0;
      for (float v : values) {
        sum += Math.abs(v);
      }
      double worst = 0;
      for (int i = 0; i < stage.count; i++) {
        double difference = Math.abs(values[i * stage.step] - slices[stage.offset + i]);
        worst = Math.max(worst, Double.isNaN(difference) ? Double.MAX_VALUE : difference);
      }
      return new Check(worst, sum);
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
