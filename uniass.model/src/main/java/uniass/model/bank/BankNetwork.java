/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.Fitting;
import uniass.api.network.Network;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.model.layer.Contract;
import uniass.model.layer.Derived;
import uniass.model.layer.Results;
import uniass.model.map.SmoothedMap;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Rows;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * Patches are features of the chosen levels, each averaged over 3x3 cells and brought to the finest
 * of them; a patch's distance is the Euclidean one to the nearest patch of the bank, or of its part
 * that knows most of the image.
 */
final class BankNetwork implements Network.Layer {

  private static final Script SCRIPT = Script.load(BankNetwork.class);

  /** Queries that are compared with the whole bank at once: 32 MB with 8000 patches. */
  private static final int BLOCK = 1024;

  /** The axes along which each mirrored copy is mirrored. */
  private static final Map<String, List<long[]>> FLIPS =
      Map.of(
          "none", List.of(),
          "horizontal", List.of(new long[] {3}),
          "both", List.of(new long[] {3}, new long[] {2}, new long[] {2, 3}));

  private final NetworkPlan plan;
  private final NetworkShape shape;
  private final Settings settings;
  private final List<Integer> levels;
  private final List<Integer> strides;
  private final List<Integer> channels;
  private final Backbone.Layer backbone;
  private final SmoothedMap map;
  private final ParameterScope scope;
  private final Rows bank;

  /** How many patches of the bank each category has; empty if they share it. */
  private final Optional<Rows> sizes;

  private final Derived norms;

  BankNetwork(ParameterScope root, NetworkShape shape, NetworkPlan plan, Settings settings) {
    this.plan = plan;
    this.shape = shape;
    this.settings = settings;
    levels =
        settings.texts(MemoryBank.LEVELS).stream()
            .map(Integer::valueOf)
            .distinct()
            .sorted()
            .toList();
    strides = plan.backbone().call(Backbone::strides);
    backbone = plan.backbone().call((p, s) -> p.create(root.child("backbone"), shape, s));
    map = new SmoothedMap(root, plan, shape, strides.get(levels.get(0) - 1));
    scope = root.child("memory_bank");
    channels = plan.backbone().call(Backbone::channels);
    int values = levels.stream().mapToInt(level -> channels.get(level - 1)).sum();
    bank = scope.rows("patches", values);
    boolean perCategory = settings.text(MemoryBank.SEARCH).equals(MemoryBank.CATEGORY);
    sizes = perCategory ? Optional.of(scope.rows("sizes")) : Optional.empty();
    norms = Derived.of(scope, () -> new NDList(SCRIPT.apply("squared_norms", bank.value())));
  }

  @Override
  public NDArray loss(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> Ops.mean(nearest(images, pass).distances()));
  }

  @Override
  public NDArray anomalyMaps(NDArray images, Pass pass) {
    return Results.one(
        images, pass, () -> averaged(images, maps(nearest(images, pass), pass), pass));
  }

  @Override
  public AnomalyNetwork.Output forward(NDArray images, Pass pass) {
    return Results.output(
        images,
        pass,
        () -> {
          Nearest nearest = nearest(images, pass);
          NDArray found = SCRIPT.apply("found", bank.value(), nearest.indices(), nearest.patches());
          return new AnomalyNetwork.Output(
              new NDList(nearest.patches()),
              new NDList(found),
              new NDList(nearest.distances()),
              averaged(images, maps(nearest, pass), pass),
              Ops.mean(nearest.distances()));
        });
  }

  @Override
  public Optional<Fitting> fitting() {
    return Optional.of((images, seed) -> new BankFit(this, settings, images, seed));
  }

  /**
   * Makes the patches of images.
   *
   * @return (N,D,h,w)
   */
  NDArray patches(NDArray images, Pass pass) {
    NDList features =
        Scopes.keep(() -> plan.backbone().call(() -> backbone.forward(images, pass)), images);
    NDList chosen = new NDList();
    for (int level : levels) {
      int stride = strides.get(level - 1);
      Shape expected =
          new Shape(
              images.getShape().get(0),
              channels.get(level - 1),
              shape.imageHeight() / stride,
              shape.imageWidth() / stride);
      NDArray found = level > features.size() ? null : features.get(level - 1);
      Contract.shape(plan.backbone(), "features of level " + level, found, expected);
      chosen.add(found);
    }
    return pass.probe("patches", SCRIPT.apply("patches", chosen));
  }

  /** Makes a manager for as long as a fit lasts. */
  NDManager newManager() {
    return scope.manager().newSubManager();
  }

  /** Whether each category has a part of the bank. */
  boolean perCategory() {
    return sizes.isPresent();
  }

  /** Replaces the bank by parts, each of patches one after the other. */
  void remember(List<float[]> parts) {
    int values = (int) bank.value().getShape().get(1);
    FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    bank.replace(all.array());
    float[] counts = new float[parts.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (float) parts.get(i).length / values;
    }
    sizes.ifPresent(rows -> rows.replace(counts));
  }

  /** The patches of each part of the bank; before the fit it is one part, as a shared one is. */
  private long[] parts() {
    long all = bank.value().getShape().get(0);
    float[] counts = sizes.map(rows -> rows.value().toFloatArray()).orElse(new float[1]);
    return counts.length == 1
        ? new long[] {all}
        : IntStream.range(0, counts.length).mapToLong(i -> (long) counts[i]).toArray();
  }

  /** Patches (N,D,h,w), how far they are from the bank, and the indices of the nearest in it. */
  private record Nearest(NDArray patches, NDArray distances, NDArray indices) {}

  private Nearest nearest(NDArray images, Pass pass) {
    NDArray patches = Scopes.keepOne(() -> patches(images, pass), images);
    NDList found = SCRIPT.call("nearest", patches, bank.value(), norms.one(pass), parts(), BLOCK);
    pass.probe("distances", found.get(0));
    return new Nearest(patches, found.get(0), found.get(1));
  }

  /** The mean of an image's maps with those of its mirrored copies, mirrored back. */
  private NDArray averaged(NDArray images, NDArray upright, Pass pass) {
    List<long[]> flips = FLIPS.get(settings.text(MemoryBank.FLIPS));
    if (flips.isEmpty()) {
      return upright;
    }
    NDList maps = new NDList(upright);
    for (long[] axes : flips) {
      maps.add(
          Scopes.keepOne(
              () -> flipped(maps(nearest(flipped(images, axes), pass), pass), axes), images));
    }
    return SCRIPT.apply("mean", maps);
  }

  private static NDArray flipped(NDArray x, long[] axes) {
    return SCRIPT.apply("flipped", x, axes);
  }

  private NDArray maps(Nearest nearest, Pass pass) {
    return map.forward(reweighted(nearest), pass);
  }

  private NDArray reweighted(Nearest nearest) {
    int neighbors = settings.integer(MemoryBank.NEIGHBORS);
    Shape known = bank.value().getShape();
    if (neighbors == 0 || known.get(0) < 2) {
      return nearest.distances();
    }
    return SCRIPT.apply(
        "reweighted",
        nearest.patches(),
        nearest.distances(),
        nearest.indices(),
        bank.value(),
        (int) Math.min(neighbors, known.get(0)));
  }
}
