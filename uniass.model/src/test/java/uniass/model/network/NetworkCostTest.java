/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import uniass.api.Progress;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.Fit;
import uniass.api.network.GatedCnn;
import uniass.api.network.NetworkCost;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.model.backbone.EfficientNetB4;
import uniass.model.backbone.EfficientNetLite0;
import uniass.model.backbone.ResNet18;
import uniass.model.backbone.ResNet50;
import uniass.model.golden.Fill;
import uniass.model.vit.Dinov2S14;
import uniass.tensor.Engines;
import uniass.tensor.Ops;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Recording;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * Multiply-accumulates: by hand for single operations, and for networks by {@code
 * torch.utils.flop_counter} (torch 2.7.1) on bench/reference, torchvision and timm;
 * src/test/python/cost.py prints those of whole networks of other kinds.
 */
class NetworkCostTest {

  private final AssembledNetworks networks = new AssembledNetworks(Engines.load());

  /** What a computation on some zeros costs. */
  private static MultiplicationCounter counted(Shape shape, Consumer<NDArray> work) {
    MultiplicationCounter counter = new MultiplicationCounter();
    try (NDManager manager = Engines.load().newManager(Device.cpu())) {
      NDArray x = Recording.of(manager.zeros(shape), "x", counter);
      Scopes.withoutGradients(
          () -> {
            work.accept(x);
            return x;
          });
    }
    return counter;
  }

  private static void assertCounted(long expected, Shape shape, Consumer<NDArray> work) {
    MultiplicationCounter counter = counted(shape, work);
    assertEquals(expected, counter.sum());
    assertEquals(Set.of(), counter.uncounted());
  }

  @Test
  void operationsByHand() {
    try (NDManager manager = Engines.load().newManager(Device.cpu())) {
      NDArray kernel = manager.zeros(new Shape(8, 3, 3, 3));
      Shape image = new Shape(1, 3, 8, 8);
      assertCounted(4 * 4 * 8 * 27, image, x -> Ops.conv2d(x, kernel, null, 2, 1, 1));
      NDArray own = manager.zeros(new Shape(3, 1, 3, 3));
      assertCounted(8 * 8 * 3 * 9, image, x -> Ops.conv2d(x, own, null, 1, 1, 3));
      assertCounted(8 * 8 * 3 * 25, image, x -> Ops.gaussianBlur(x, 5, 1));
      NDArray weight = manager.zeros(new Shape(10, 8));
      assertCounted(3 * 8 * 8 * 10, image, x -> Ops.linear(x, weight, null));
      assertCounted(3 * 8 * 8 * 8, image, x -> Ops.matMul(x, x));
      assertCounted(3 * 8 * 8 * 8, image, x -> x.matMul(x));
      Shape queries = new Shape(1, 2, 5, 4);
      NDArray keys = manager.zeros(new Shape(1, 2, 7, 4));
      assertCounted(2 * (2 * 5 * 7 * 4), queries, q -> Ops.attention(q, keys, keys, null, 0));
      assertCounted(0, image, x -> Ops.softmax(Ops.relu(x).add(x), 1));
    }
  }

  private static long levels(Backbone backbone, Map<String, Object> settings) {
    Configured<Backbone> part =
        new Configured<>("backbone", backbone, Settings.defaults(backbone, settings));
    List<Integer> channels = part.call(Backbone::channels);
    NetworkShape shape = new NetworkShape(224, 224, 256, channels, channels);
    try (ParameterStore store = new ParameterStore(Engines.load().newManager(Device.cpu()), 1)) {
      Backbone.Layer layer = backbone.create(store.root(), shape, part.settings());
      Pass pass = Pass.inference().with(Pass.Execution.DIRECT);
      MultiplicationCounter counter =
          counted(new Shape(1, 3, 224, 224), x -> layer.forward(x, pass));
      assertEquals(Set.of(), counter.uncounted());
      return counter.sum();
    }
  }

  @Test
  void backbonesUpToTheirLastLevel() {
    assertEquals(243_268_928, levels(new EfficientNetLite0(), Map.of()));
    assertEquals(920_040_864, levels(new EfficientNetB4(), Map.of()));
    assertEquals(1_402_519_552, levels(new ResNet18(), Map.of()));
    assertEquals(3_277_897_728L, levels(new ResNet50(), Map.of()));
    assertEquals(1_068_762_624, levels(new Dinov2S14(), Map.of("layers", List.of("1", "2"))));
  }

  @Test
  void dinomaly() {
    PlanBuilder plan =
        new PlanBuilder()
            .image(224, 224)
            .network("dinomaly", Map.of())
            .backbone("dinov2-s14", new Dinov2S14(), Map.of("layers", List.of("1", "2")))
            .maps("none", "product");
    NetworkCost cost = cost(plan);
    assertEquals(List.of(), cost.uncounted());
    assertEquals(2_301_888_000L, cost.multiplications());
  }

  @Test
  void aMemoryBankOfItsSizeAfterTheFit() {
    NetworkPlan plan =
        new PlanBuilder()
            .image(64, 64)
            .backbone("efficientnet-lite0")
            .network("memory-bank", Map.of("size", 32L, "levels", List.of("3", "4")))
            .maps("none", "product")
            .build();
    try (AnomalyNetwork network = networks.assemble(plan, Device.cpu(), 1)) {
      try (NDManager manager = Engines.load().newManager(Device.cpu());
          Fit fit = network.fitting().orElseThrow().begin(2, 5)) {
        fit.add(Fill.input(manager, 2, 3, 64, 64), List.of("a", "b"));
        fit.finish(Progress.NONE);
      }
      NetworkCost cost = network.cost();
      assertEquals(List.of(), cost.uncounted());
      assertEquals(20_169_984, cost.multiplications());
    }
  }

  private static PlanBuilder small() {
    return new PlanBuilder()
        .image(64, 64)
        .hidden(32)
        .backbone("efficientnet-lite0")
        .attention("spatial-channel", Map.of("neighbour-mask", 1, "heads", 4, "ffn", 32))
        .pixelDecoder("transformer-fpn", Map.of("heads", 4, "ffn", 32, "layers", 1));
  }

  private static Configured<GatedCnn> configured(GatedCnn part) {
    return new Configured<>("own", part, Settings.defaults(part));
  }

  private NetworkCost cost(PlanBuilder plan) {
    try (AnomalyNetwork network = networks.assemble(plan.build(), Device.cpu(), 1)) {
      return network.cost();
    }
  }

  @Test
  void aWholeNetwork() {
    NetworkCost cost = cost(small());
    assertEquals(76_650_016, cost.multiplications());
    assertEquals("0.0767", cost.gmac());
    assertEquals(List.of(), cost.uncounted());
    NetworkCost without = cost(small().gatedCnn("identity", Map.of()));
    assertTrue(without.multiplications() < cost.multiplications(), without + "");
    assertTrue(without.parameters() < cost.parameters(), without + "");
  }

  @Test
  void whatAPlugInHidesIsNamed() {
    Script script =
        Script.compile("org.example.Mish", "def mish(self, x: Tensor) -> Tensor:\n  return x\n");
    long all = cost(small().gatedCnn("identity", Map.of())).multiplications();
    GatedCnn scripted = (scope, shape, settings) -> (x, pass) -> script.apply("mish", x);
    NetworkCost cost = cost(small().gatedCnn(configured(scripted)));
    assertEquals(List.of("org.example.Mish.mish"), cost.uncounted());
    assertEquals(all, cost.multiplications());
    assertTrue(cost.gmac().startsWith("at least 0.0"), cost.gmac());
    GatedCnn stubborn =
        (scope, shape, settings) ->
            (x, pass) ->
                scope.manager().zeros(x.getShape()).add(x); // the recorded one comes second
    NetworkCost part = cost(small().gatedCnn(configured(stubborn)));
    assertTrue(part.uncounted().get(0).contains("plug-in 'own'"), part.uncounted() + "");
    assertTrue(part.multiplications() < all, part + "");
  }
}
