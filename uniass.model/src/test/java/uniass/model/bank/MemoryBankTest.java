/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import uniass.api.Progress;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Fit;
import uniass.api.network.NetworkPlan;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.model.network.AssembledNetworks;
import uniass.model.network.PlanBuilder;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Ops;
import uniass.tensor.Pass;

/** The memory bank against numbers of an independent implementation, and what it promises. */
class MemoryBankTest {

  private static final double CLOSE = 2e-5;

  private final EngineReady engine = Engines.load();

  private static NetworkPlan plan(Map<String, Object> settings) {
    return plan(32, settings, new SampledPixels(true));
  }

  private static NetworkPlan plan(int size, Map<String, Object> settings, SampledPixels pixels) {
    NetworkPlan plan = new PlanBuilder().image(size, size).network("memory-bank", settings).build();
    return new NetworkPlan(
        plan.imageHeight(),
        plan.imageWidth(),
        plan.network(),
        plan.hidden(),
        new Configured<>("sampled-pixels", pixels, Settings.defaults(pixels)),
        plan.features(),
        plan.pixelDecoder(),
        plan.attention(),
        plan.gatedCnn(),
        plan.queryProjector(),
        plan.queryProcessor(),
        plan.loss(),
        plan.lossWeight(),
        plan.jitter(),
        plan.mapFilter(),
        plan.fusion(),
        Optional.empty());
  }

  private AnomalyNetwork network(Map<String, Object> settings) {
    return new AssembledNetworks(engine).assemble(plan(settings), Device.cpu(), 1);
  }

  /** Fits in two batches. */
  private Fit.Fitted fit(AnomalyNetwork network, int images) {
    try (NDManager manager = engine.newManager(Device.cpu());
        Fit fit = network.fitting().orElseThrow().begin(images, 5)) {
      NDArray all = SampledPixels.images(manager, images, 0);
      int half = (images + 1) / 2;
      fit.add(all.get("0:" + half), categories(0, half));
      if (half < images) {
        fit.add(all.get(half + ":"), categories(half, images));
      }
      return fit.finish(Progress.NONE);
    }
  }

  /** Every third image is of category "b", the others are of "a". */
  private static List<String> categories(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> i % 3 == 2 ? "b" : "a").toList();
  }

  private static JsonObject stored() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            new GZIPInputStream(MemoryBankTest.class.getResourceAsStream("/bank/parity.json.gz")),
            StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, JsonObject.class);
    }
  }

  private static void same(JsonObject stored, String what, float[] found) {
    double[] expected = new Gson().fromJson(stored.get(what), double[].class);
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], CLOSE * Math.max(1, Math.abs(expected[i])), what);
    }
  }

  /** Patches, the choice of 24 of 128, distances and map, as PyTorch computes them in Python. */
  @Test
  void agreesWithAnIndependentImplementation() throws IOException {
    JsonObject stored = stored();
    try (AnomalyNetwork network = network(Map.of("size", 24L));
        NDManager manager = engine.newManager(Device.cpu())) {
      assertEquals(stored.get("mean").getAsDouble(), fit(network, 8).loss(), 1e-4);
      NDArray bank = network.parameters().get("memory_bank.patches").value();
      AnomalyNetwork.Output train =
          network.forward(SampledPixels.images(manager, 8, 0), Pass.inference());
      NDArray patches = train.targets().get(0); // (8,12,4,4)
      same(stored, "patch", patches.get("0,:,1,2").toFloatArray());
      int[] indices = new Gson().fromJson(stored.get("indices"), int[].class);
      assertEquals(indices.length, bank.getShape().get(0));
      for (int i = 0; i < indices.length; i++) {
        int image = indices[i] / 16;
        int cell = indices[i] % 16;
        assertArrayEquals(
            patches.get(image + ",:," + cell / 4 + "," + cell % 4).toFloatArray(),
            bank.get(i).toFloatArray(),
            "choice " + i);
      }
      AnomalyNetwork.Output test =
          network.forward(SampledPixels.images(manager, 2, 50000), Pass.inference());
      same(stored, "distances", test.maps().get(0).toFloatArray());
      same(stored, "map", test.anomalyMap().get(":,:,::3,::3").toFloatArray());
    }
  }

  @Test
  void weightsAnImagesMapByHowUsualItsWorstPatchIs() throws IOException {
    JsonObject stored = stored();
    try (AnomalyNetwork plain = network(Map.of("size", 24L));
        AnomalyNetwork weighted = network(Map.of("size", 24L, "neighbors", 5L));
        NDManager manager = engine.newManager(Device.cpu())) {
      fit(plain, 8);
      fit(weighted, 8);
      NDArray images = SampledPixels.images(manager, 2, 50000);
      float[] whole = plain.anomalyMaps(images, Pass.inference()).toFloatArray();
      float[] less = weighted.anomalyMaps(images, Pass.inference()).toFloatArray();
      double[] weights = new Gson().fromJson(stored.get("weights"), double[].class);
      for (int i = 0; i < whole.length; i += 97) {
        assertEquals(weights[i / (32 * 32)] * whole[i], less[i], 1e-4);
      }
    }
  }

  @Test
  void oneImageIsEnoughAndASmallBankIsReported() {
    try (AnomalyNetwork network = network(Map.of());
        NDManager manager = engine.newManager(Device.cpu())) {
      Fit.Fitted fitted = fit(network, 1);
      assertEquals(
          List.of(
              "the memory bank has 16 patches, not 4000: the 1 images have no more that differ"),
          fitted.notes());
      NDArray seen = SampledPixels.images(manager, 1, 0);
      NDArray other = SampledPixels.images(manager, 1, 777);
      assertEquals(0, network.anomalyMaps(seen, Pass.inference()).max().getFloat(), 1e-5);
      assertTrue(network.anomalyMaps(other, Pass.inference()).max().getFloat() > 0.1);
    }
  }

  @Test
  void categoriesWithTooFewPatchesAreNamed() {
    try (AnomalyNetwork network = network(Map.of("size", 100L, "search", "category"))) {
      assertEquals(
          List.of(
              "the memory bank has 98 patches, not 100: the images of b have no more that differ"),
          fit(network, 9).notes());
    }
  }

  @Test
  void takesAnEqualShareOfEachImageIfThereAreTooMany() {
    try (AnomalyNetwork network = network(Map.of("candidates", 40L))) {
      fit(network, 8);
      assertEquals(
          8 * 5, network.parameters().get("memory_bank.patches").value().getShape().get(0));
    }
  }

  @Test
  void equalFitsGiveEqualBanks() {
    Map<String, Object> settings = Map.of("candidates", 64L, "size", 20L, "projection", 4L);
    try (AnomalyNetwork one = network(settings);
        AnomalyNetwork other = network(settings)) {
      fit(one, 8);
      fit(other, 8);
      assertArrayEquals(
          one.parameters().get("memory_bank.patches").value().toFloatArray(),
          other.parameters().get("memory_bank.patches").value().toFloatArray());
    }
  }

  @Test
  void mapsOfMirroredCopiesAreAveraged() {
    try (AnomalyNetwork upright = network(Map.of());
        AnomalyNetwork both = network(Map.of("flips", "both"));
        NDManager manager = engine.newManager(Device.cpu())) {
      fit(upright, 4);
      fit(both, 4);
      NDArray images = SampledPixels.images(manager, 2, 777);
      NDArray sum = null;
      for (int[] axes : new int[][] {{}, {3}, {2}, {2, 3}}) {
        NDArray map = upright.anomalyMaps(images.flip(axes), Pass.inference()).flip(axes);
        sum = sum == null ? map : sum.add(map);
      }
      NDArray found = both.anomalyMaps(images, Pass.inference());
      assertArrayEquals(sum.div(4).toFloatArray(), found.toFloatArray(), 1e-6f);
      assertArrayEquals(
          found.toFloatArray(), both.forward(images, Pass.inference()).anomalyMap().toFloatArray());
    }
  }

  @Test
  void eachCategoryHasAnEqualPartOfTheBank() {
    try (AnomalyNetwork network = network(Map.of("size", 25L, "search", "category"));
        AnomalyNetwork one = network(Map.of("size", 13L))) {
      fit(network, 9);
      fitOfCategoryA(one);
      assertArrayEquals(
          new float[] {13, 12},
          network.parameters().get("memory_bank.sizes").value().toFloatArray());
      assertArrayEquals(
          one.parameters().get("memory_bank.patches").value().toFloatArray(),
          network.parameters().get("memory_bank.patches").value().get("0:13").toFloatArray());
    }
  }

  /** A normal patch of another category is a defect: part of an image of "a" is one of "b". */
  @Test
  void looksAmongThePatchesOfTheCategoryThatMostOfAnImageIsNearestTo() {
    Map<String, Object> levels = Map.of("levels", List.of("2"));
    try (AnomalyNetwork all = network(levels);
        AnomalyNetwork onlyA = network(levels);
        AnomalyNetwork category = network(Map.of("levels", List.of("2"), "search", "category"));
        NDManager manager = engine.newManager(Device.cpu())) {
      fit(all, 9);
      fitOfCategoryA(onlyA);
      fit(category, 9);
      NDArray known = SampledPixels.images(manager, 9, 0);
      NDArray images = known.get("0:1").concat(known.get("2:3"), 0).duplicate();
      images.set(new NDIndex("0,:,24:,:"), known.get("2,:,24:,:"));
      NDArray found = distances(category, images);
      // 8x8 cells of 4 pixels; means over 3x3 of them mix both images in the rows before the last
      assertEquals(0, distances(all, images).get("0,0,7,:").max().getFloat(), 1e-4);
      assertTrue(found.get("0,0,7,:").max().getFloat() > 0.05);
      assertArrayEquals(
          distances(onlyA, images).get("0:1").toFloatArray(), found.get("0:1").toFloatArray());
      assertEquals(0, found.get("1").max().getFloat(), 1e-4);
    }
  }

  private void fitOfCategoryA(AnomalyNetwork network) {
    try (NDManager manager = engine.newManager(Device.cpu());
        Fit fit = network.fitting().orElseThrow().begin(6, 5)) {
      NDArray a = manager.create(new int[] {0, 1, 3, 4, 6, 7});
      fit.add(SampledPixels.images(manager, 9, 0).get(a), Collections.nCopies(6, "a"));
      fit.finish(Progress.NONE);
    }
  }

  private static NDArray distances(AnomalyNetwork network, NDArray images) {
    return network.forward(images, Pass.inference()).maps().get(0);
  }

  /** Images of 32 px seen at 32 and 16 px: the mean of two banks, the second of smaller images. */
  @Test
  void distancesOfAllScalesAreAveraged() {
    try (AnomalyNetwork both = network(Map.of("scales", List.of("0.5", "1", "1.1")));
        AnomalyNetwork whole = network(Map.of());
        AnomalyNetwork half =
            new AssembledNetworks(engine)
                .assemble(plan(16, Map.of(), new SampledPixels(true)), Device.cpu(), 1);
        NDManager manager = engine.newManager(Device.cpu())) {
      fit(both, 4);
      fit(whole, 4);
      NDArray known = SampledPixels.images(manager, 4, 0);
      try (Fit fit = half.fitting().orElseThrow().begin(4, 5)) {
        fit.add(Ops.resizeBilinear(known, 16, 16, false), Collections.nCopies(4, "a"));
        fit.finish(Progress.NONE);
      }
      NDArray images = SampledPixels.images(manager, 2, 777);
      NDArray coarse = distances(half, Ops.resizeBilinear(images, 16, 16, false));
      NDArray fine = distances(whole, images);
      AnomalyNetwork.Output found = both.forward(images, Pass.inference());
      assertArrayEquals(fine.toFloatArray(), found.maps().get(1).toFloatArray(), 1e-6f);
      assertArrayEquals(coarse.toFloatArray(), found.maps().get(0).toFloatArray(), 1e-6f);
      NDArray mean = fine.add(Ops.resizeBilinear(coarse, 4, 4, false)).div(2);
      NDArray expected = Ops.gaussianBlur(Ops.resizeBilinear(mean, 16, 16, false), 5, 5 / 3.0);
      assertArrayEquals(
          Ops.resizeBilinear(expected, 32, 32, true).toFloatArray(),
          found.anomalyMap().toFloatArray(),
          1e-6f);
      assertEquals(
          (fine.mean().getFloat() + coarse.mean().getFloat()) / 2, found.loss().getFloat(), 1e-5);
    }
  }

  @Test
  void refusesScalesThatAreNone() {
    assertEquals(
        List.of(
            "memory-bank: scales are numbers from 0.1 to 2, not '0.05'",
            "memory-bank: scales are numbers from 0.1 to 2, not 'half'"),
        new AssembledNetworks(engine)
            .refusals(plan(Map.of("scales", List.of("1", "0.05", "half")))));
    assertEquals(
        List.of("a memory bank without scales has no patches: name some, such as [1]"),
        new AssembledNetworks(engine).refusals(plan(Map.of("scales", List.of()))));
    NetworkPlan oneSize = plan(32, Map.of("scales", List.of("0.5")), new SampledPixels(false));
    assertEquals(
        List.of(
            "memory-bank: several scales are for backbones that take images of any size, and"
                + " 'sampled-pixels' does not: set model.network.scales to [1]"),
        new AssembledNetworks(engine).refusals(oneSize));
  }

  @Test
  void refusesLevelsThatTheBackboneLacks() {
    List<String> reasons =
        new AssembledNetworks(engine).refusals(plan(Map.of("levels", List.of("3", "5"))));
    assertEquals(
        List.of("memory-bank: no level '5'; backbone 'sampled-pixels' has 1 (fine) to 4 (coarse)"),
        reasons);
  }
}
