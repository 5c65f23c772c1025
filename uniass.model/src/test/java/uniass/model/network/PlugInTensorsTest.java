/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.AttentionBlock;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.GatedCnn;
import uniass.api.network.LossTerm;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.network.PixelDecoder;
import uniass.api.network.QueryProcessor;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.model.golden.Fill;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * A part from elsewhere may compute with tensors over Java memory: they live until the backward
 * pass has read them.
 */
class PlugInTensorsTest {

  private final EngineReady engine = Engines.load();
  private final List<NDArray> made = new ArrayList<>();

  /** A factor over Java memory, which the backward pass reads. */
  private NDArray twice(NDArray x) {
    float[] values = new float[Math.toIntExact(x.getShape().size())];
    Arrays.fill(values, 2);
    NDArray two = x.getManager().create(values, new Shape(x.getShape().getShape()));
    made.add(two);
    return x.mul(two);
  }

  private final class TwiceTheFeatures implements FeatureProcessing {

    @Override
    public int inputChannels(int channels, Settings settings) {
      return channels;
    }

    @Override
    public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
      return (features, stride, pass) -> new Processed(features, twice(features));
    }
  }

  private static <P extends uniass.api.plugin.Part> Configured<P> own(P part) {
    return new Configured<>("own", part, new Settings(Map.of()));
  }

  static Stream<String> parts() {
    return Stream.of(
        "features",
        "pixel-decoder",
        "attention",
        "gated-cnn",
        "query-projector",
        "query-processor",
        "loss");
  }

  private NetworkPlan plan(String part) {
    NetworkPlan plan =
        new PlanBuilder()
            .image(32, 32)
            .hidden(32)
            .backbone("efficientnet-lite0")
            .attention("spatial-channel", Map.of("ffn", 32, "neighbour-mask", 0, "heads", 2))
            .pixelDecoder("fpn", Map.of())
            .gatedCnn("conv1x1", Map.of())
            .build();
    PixelDecoder decoder = plan.pixelDecoder().part();
    AttentionBlock attention = plan.attention().part();
    QueryProcessor processor = plan.queryProcessor().part();
    LossTerm loss = plan.loss().get(0).part();
    Settings ofDecoder = plan.pixelDecoder().settings();
    Settings ofAttention = plan.attention().settings();
    Settings ofProcessor = plan.queryProcessor().settings();
    return new NetworkPlan(
        plan.imageHeight(),
        plan.imageWidth(),
        plan.network(),
        plan.hidden(),
        plan.backbone(),
        part.equals("features") ? own(new TwiceTheFeatures()) : plan.features(),
        part.equals("pixel-decoder")
            ? own(
                (PixelDecoder)
                    (scope, shape, settings) -> {
                      PixelDecoder.Layer created = decoder.create(scope, shape, ofDecoder);
                      return (levels, pass) -> {
                        var decoded = created.forward(levels, pass);
                        decoded.set(0, twice(decoded.get(0)));
                        return decoded;
                      };
                    })
            : plan.pixelDecoder(),
        part.equals("attention")
            ? own(
                (AttentionBlock)
                    (scope, shape, settings) -> {
                      AttentionBlock.Layer created = attention.create(scope, shape, ofAttention);
                      return (tokens, source, position, queries, pass) ->
                          twice(created.forward(tokens, source, position, queries, pass));
                    })
            : plan.attention(),
        part.equals("gated-cnn")
            ? own((GatedCnn) (scope, shape, settings) -> (x, pass) -> twice(x))
            : plan.gatedCnn(),
        part.equals("query-projector")
            ? own((QueryProjector) (scope, shape, settings) -> (x, pass) -> twice(x))
            : plan.queryProjector(),
        part.equals("query-processor")
            ? own(
                (QueryProcessor)
                    (scope, shape, projector, settings) -> {
                      Layer created = processor.create(scope, shape, projector, ofProcessor);
                      return (coarsest, pass) -> twice(created.forward(coarsest, pass));
                    })
            : plan.queryProcessor(),
        part.equals("loss")
            ? List.of(
                own(
                    (LossTerm)
                        (scope, shape, settings) -> {
                          LossTerm.Layer created = loss.create(scope, shape, settings);
                          return (found, target, stride, pass) ->
                              created.forward(twice(found), target, stride, pass);
                        }))
            : plan.loss(),
        plan.lossWeight(),
        plan.jitter(),
        plan.mapFilter(),
        plan.fusion(),
        plan.normalization());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void liveUntilTheBackwardPass(String part) {
    try (AnomalyNetwork network =
            new AssembledNetworks(engine).assemble(plan(part), Device.cpu(), 7);
        NDManager manager = engine.newManager(Device.cpu())) {
      NDArray images = Fill.input(manager, 2, 3, 32, 32);
      new Gradients(network.parameters())
          .accumulate(
              () -> {
                NDArray loss = network.loss(images, Pass.training(1));
                assertFalse(made.isEmpty(), part);
                for (NDArray tensor : made) {
                  assertFalse(tensor.isReleased(), part);
                }
                return loss;
              });
      assertEquals(1, manager.getManagedArrays().size(), "the images, nothing else");
    }
  }
}
