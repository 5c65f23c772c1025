/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFit;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.TensorValues;

class PerLocationTest {

  private static final int SIDE = 40; // of maps; a grid of 7 does not divide it
  private static final int GRID = 7;
  private static final double PRIOR = 3;
  private static final int STRIDE = 16;

  private final EngineReady engine = Engines.load();
  private final Random random = new Random(4);
  private NDManager manager;
  private ParameterStore store;
  private MapFilter.Layer filter;

  @BeforeEach
  void create() {
    manager = engine.newManager(Device.cpu());
    store = new ParameterStore(engine.newManager(Device.cpu()), 1);
    filter = filter("gentle", false);
  }

  private MapFilter.Layer filter(String name, boolean raise) {
    PerLocationFilter part = new PerLocationFilter();
    NetworkShape shape = new NetworkShape(80, 80, 32, List.of(8), List.of(8));
    Settings settings =
        Settings.defaults(part, Map.of("grid", (long) GRID, "prior", PRIOR, "raise", raise));
    return part.create(store.root().child(name), shape, settings);
  }

  @AfterEach
  void close() {
    manager.close();
    store.close();
  }

  /** A map of a normal image at its place. */
  private interface Look {
    double at(int image, int row, int column);
  }

  /** Noise of a tenth around 0.3, smooth enough to survive the blur. */
  private double noise() {
    return 0.3 + 0.03 * random.nextGaussian();
  }

  /** Always odd at one corner: brighter, and restless. */
  private double aligned(int row, int column) {
    return row < 15 && column < 15 ? 1.2 + 0.2 * random.nextGaussian() : noise();
  }

  private NDArray maps(int images, Look look) {
    float[] values = new float[images * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int image = i / (SIDE * SIDE);
      values[i] = (float) Math.max(0, look.at(image, i / SIDE % SIDE, i % SIDE));
    }
    return TensorValues.create(manager, values, images, 1, SIDE, SIDE);
  }

  /** Images of a category, all about as bright. */
  private NDArray images(int images, double brightness) {
    float[] values = new float[images * 3 * 4 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (brightness + random.nextGaussian());
    }
    return TensorValues.create(manager, values, images, 3, 2 * SIDE, 2 * SIDE);
  }

  private static List<String> named(String category, int images) {
    return Collections.nCopies(images, category);
  }

  private void learn(MapFit fit, String category, double brightness, NDArray maps) {
    int images = (int) maps.getShape().get(0);
    NDArray looks = images(images, brightness);
    fit.add(looks, named(category, images));
    filter.forward(maps, looks, STRIDE, fit.watching(named(category, images)));
  }

  private float[] filtered(NDArray map, double brightness) {
    int images = (int) map.getShape().get(0);
    return filter.forward(map, images(images, brightness), STRIDE, Pass.inference()).toFloatArray();
  }

  private static float[] blurred(NDArray map) {
    return GaussianFilter.blurred(map, STRIDE).toFloatArray();
  }

  private static double mean(float[] map, int from, int to) {
    double sum = 0;
    for (int row = from; row < to; row++) {
      for (int column = from; column < to; column++) {
        sum += map[row * SIDE + column] / ((to - from) * (to - from));
      }
    }
    return sum;
  }

  @Test
  void isTheBlurAloneBeforeItIsFittedAndWithoutImages() {
    NDArray map = maps(2, (i, row, column) -> aligned(row, column));
    assertArrayEquals(blurred(map), filtered(map, 0), 0);
    MapFit fit = filter.fitting().orElseThrow().begin();
    learn(fit, "one", 0, maps(6, (i, row, column) -> aligned(row, column)));
    assertArrayEquals(blurred(map), filtered(map, 0), 0, "not before the end of the fit");
    fit.finish();
    assertArrayEquals(
        blurred(map), filter.forward(map, STRIDE, Pass.inference()).toFloatArray(), 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void computesWhatItsFormulasSay(boolean raise) {
    filter = filter("one", raise);
    NDArray normal = maps(5, (i, row, column) -> aligned(row, column));
    NDArray map = maps(1, (i, row, column) -> aligned(row, column) + (row > 30 ? 0.4 : 0));
    MapFit fit = filter.fitting().orElseThrow().begin();
    learn(fit, "one", 0, normal);
    fit.finish();
    PlainLocations plain = new PlainLocations(blurred(normal), SIDE, GRID, PRIOR, raise);
    float[] expected = plain.filtered(blurred(map));
    assertTrue(plain.meansKept() > 0.5 && plain.spreadsKept() > 0.5, "else nothing is compared");
    assertArrayEquals(expected, filtered(map, 0), 1e-4f);
  }

  @Test
  void aPlaceThatIsAlwaysOddGetsFlatAndADefectElsewhereStays() {
    MapFit fit = filter.fitting().orElseThrow().begin();
    learn(fit, "one", 0, maps(8, (i, row, column) -> aligned(row, column)));
    fit.finish();
    NDArray map =
        maps(1, (i, row, column) -> aligned(row, column) + (row > 28 && column > 28 ? 0.5 : 0));
    float[] before = blurred(map);
    float[] after = filtered(map, 0);
    assertTrue(mean(before, 0, 12) > 1.1);
    assertTrue(mean(after, 0, 12) < 0.6, "the odd corner: " + mean(after, 0, 12));
    double defect = mean(after, 30, 38) - mean(after, 18, 26);
    assertTrue(defect > 0.45, "the defect: " + defect);
    for (int i = 0; i < after.length; i++) {
      double share = after[i] / before[i];
      assertTrue(share >= 0.0999 && share <= 1, "between a tenth and all: " + share);
    }
  }

  @Test
  void whatIsNotAlignedStaysAboutTheSame() {
    MapFit fit = filter.fitting().orElseThrow().begin();
    int[] spots = random.ints(12, 4, SIDE - 4).toArray();
    Look spot =
        (i, row, column) ->
            Math.hypot(row - spots[i], column - spots[(i + 5) % 12]) < 5 ? 1 : noise();
    learn(fit, "one", 0, maps(12, spot));
    fit.finish();
    NDArray map = maps(12, spot);
    float[] before = blurred(map);
    float[] after = filtered(map, 0);
    double sum = 0;
    for (int i = 0; i < after.length; i++) {
      sum += Math.abs(after[i] - before[i]) / after.length;
    }
    assertTrue(sum < 0.02, "mean change " + sum);
  }

  @Test
  void categoriesDoNotMix() {
    MapFit fit = filter.fitting().orElseThrow().begin();
    learn(fit, "dark", -1, maps(6, (i, row, column) -> aligned(row, column)));
    learn(fit, "mirrored", 1, maps(6, (i, r, c) -> aligned(SIDE - 1 - r, SIDE - 1 - c)));
    fit.add(images(3, 4), named("unseen", 3));
    learn(fit, "single", 8, maps(1, (i, row, column) -> aligned(row, column)));
    fit.finish();

    NDArray map = maps(1, (i, row, column) -> aligned(row, column));
    assertTrue(mean(filtered(map, -1), 0, 12) < 0.6);
    assertTrue(mean(filtered(map, 1), 0, 12) > 1.1, "odd in the corner that is not its own");
    for (double brightness : new double[] {4, 8}) {
      assertArrayEquals(blurred(map), filtered(map, brightness), 0);
    }
    NDArray both =
        filter.forward(
            map.concat(map), images(1, 1).concat(images(1, -1)), STRIDE, Pass.inference());
    assertArrayEquals(filtered(map, 1), both.get("0:1").toFloatArray(), 1e-6f, "in one batch");
    assertArrayEquals(filtered(map, -1), both.get("1:2").toFloatArray(), 1e-6f);
  }

  @Test
  void levelsAreFittedApart() {
    MapFit fit = filter.fitting().orElseThrow().begin();
    NDArray looks = images(4, 0);
    fit.add(looks, named("one", 4));
    NDArray normal = maps(4, (i, row, column) -> aligned(row, column));
    filter.forward(normal, looks, 2, fit.watching(named("one", 4)));
    fit.finish();
    NDArray map = maps(1, (i, row, column) -> aligned(row, column));
    assertArrayEquals(blurred(map), filtered(map, 0), 0, "stride 16 was not shown");
    NDArray fine = filter.forward(map, images(1, 0), 2, Pass.inference());
    assertTrue(mean(fine.toFloatArray(), 0, 12) < 0.6);
  }

  @Test
  void theNextFitReplacesTheFirst() {
    List<float[]> found = new ArrayList<>();
    NDArray map = maps(1, (i, row, column) -> aligned(row, column));
    NDArray normal = maps(6, (i, row, column) -> aligned(row, column));
    for (String category : new String[] {"one", "two"}) {
      MapFit fit = filter.fitting().orElseThrow().begin();
      learn(fit, category, 0, normal);
      fit.finish();
      found.add(filtered(map, 0));
    }
    assertArrayEquals(found.get(0), found.get(1), 0);
  }
}
