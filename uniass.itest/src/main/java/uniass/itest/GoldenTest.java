/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.AttentionBlock;
import uniass.api.network.Backbone;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.GatedCnn;
import uniass.api.network.LossTerm;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFusion;
import uniass.api.network.Network;
import uniass.api.network.NetworkPlan;
import uniass.api.network.Networks;
import uniass.api.network.PixelDecoder;
import uniass.api.network.QueryProcessor;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Part;
import uniass.api.plugin.Settings;
import uniass.model.golden.ComputedStages;
import uniass.model.golden.Fill;
import uniass.tensor.EngineReady;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** The paper's network, assembled from services, against every stage of the authors' code. */
class GoldenTest {

  /** What even the optimized execution computes. */
  private static final List<String> ALWAYS =
      List.of(
          "features.res1",
          "features.res4",
          "predictor.level0.recon_feature",
          "predictor.level3.recon_feature",
          "predictor.level3.anomaly_native",
          "pred");

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  EngineReady engine;

  @InjectService(timeout = Patience.MILLISECONDS)
  Networks networks;

  @Test
  void stagesPredictionAndLossAreTheAuthors() throws Exception {
    try (AnomalyNetwork network = networks.assemble(plan(), Device.cpu(), 1);
        NDManager manager = engine.newManager(Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Fill.apply(network.parameters());
      NDArray images = Fill.input(manager, 2, 3, 224, 224);
      ComputedStages direct =
          ComputedStages.of(network, images, Pass.inference().with(Execution.DIRECT));
      direct.assertComplete();
      direct.assertAgree(ALWAYS);
      ComputedStages.of(network, images, Pass.inference()).assertAgree(ALWAYS);
    }
  }

  private NetworkPlan plan() throws InvalidSyntaxException {
    return new NetworkPlan(
        224,
        224,
        part(Network.class, "uniass"),
        256,
        part(Backbone.class, "efficientnet-b4"),
        part(FeatureProcessing.class, "gaussian-residual"),
        part(PixelDecoder.class, "transformer-fpn"),
        part(AttentionBlock.class, "spatial-channel"),
        part(GatedCnn.class, "mgg-cnn"),
        part(QueryProjector.class, "conv3x3"),
        part(QueryProcessor.class, "re-weighted"),
        List.of(part(LossTerm.class, "mse"), part(LossTerm.class, "cosine", "form", "released")),
        10,
        new NetworkPlan.Jitter(20, 0),
        part(MapFilter.class, "gaussian"),
        part(MapFusion.class, "product"),
        Optional.empty());
  }

  private <P extends Part> Configured<P> part(Class<P> type, String name, String... setting)
      throws InvalidSyntaxException {
    Collection<ServiceReference<P>> references =
        context.getServiceReferences(type, "(uniass.name=" + name + ")");
    assertEquals(1, references.size(), "plug-ins named " + name);
    P part = context.getServiceObjects(references.iterator().next()).getService();
    Map<String, Object> replaced = setting.length == 0 ? Map.of() : Map.of(setting[0], setting[1]);
    return new Configured<>(name, part, Settings.defaults(part, replaced));
  }
}
