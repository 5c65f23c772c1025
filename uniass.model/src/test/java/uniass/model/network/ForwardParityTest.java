/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uniass.api.network.AnomalyNetwork;
import uniass.model.golden.ComputedStages;
import uniass.model.golden.Fill;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** The paper's network at 224 px against every stage that the authors' code computes. */
class ForwardParityTest {

  /** What even the optimized execution computes. */
  private static final List<String> ALWAYS =
      List.of(
          "features.res1",
          "features.res2",
          "features.res3",
          "features.res4",
          "predictor.level0.recon_feature",
          "predictor.level1.recon_feature",
          "predictor.level2.recon_feature",
          "predictor.level3.recon_feature",
          "predictor.level3.anomaly_native",
          "predictor.product_map",
          "pred");

  private static ComputedStages direct;
  private static ComputedStages optimized;

  /** Also writes {@code target/parity.md}, the table of all deviations. */
  @BeforeAll
  static void compute() throws IOException {
    EngineReady engine = Engines.load();
    var plan = new PlanBuilder().loss(List.of("mse", "cosine"), "released", 10).build();
    try (AnomalyNetwork network = new AssembledNetworks(engine).assemble(plan, Device.cpu(), 1);
        NDManager manager = engine.newManager(Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Fill.apply(network.parameters());
      NDArray images = Fill.input(manager, 2, 3, 224, 224);
      direct = ComputedStages.of(network, images, Pass.inference().with(Execution.DIRECT));
      optimized = ComputedStages.of(network, images, Pass.inference());
    }
    Files.writeString(Path.of("target", "parity.md"), ComputedStages.table(direct, optimized));
  }

  @Test
  void directExecutionAgreesInEveryStage() {
    direct.assertComplete();
    direct.assertAgree(ALWAYS);
  }

  @Test
  void optimizedExecutionAgreesInWhatItStillComputes() {
    optimized.assertAgree(ALWAYS);
  }
}
