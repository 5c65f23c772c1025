/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.Fitting;
import uniass.api.network.MapFitting;
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
 * of them; a patch's distance is the Euclidean one to the nearest patch of the bank.
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
    norms = Derived.of(scope, () -> new NDList(SCRIPT.apply("squared_norms", bank.value())));
  }

  @Override
  public NDArray loss(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> Ops.mean(nearest(images, pass).distances()));
  }

  @Override
  public NDArray anomalyMaps(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> map(images, reweighted(nearest(images, pass)), pass));
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
              map(images, reweighted(nearest), pass),
              Ops.mean(nearest.distances()));
        });
  }

  @Override
  public Optional<Fitting> fitting() {
    return Optional.of((images, seed) -> new BankFit(this, settings, images, seed));
  }

  @Override
  public Optional<MapFitting> mapFitting() {
    return map.fitting();
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

  /** Replaces the bank by patches, one after the other. */
  void remember(float[] patches) {
    bank.replace(patches);
  }

  /** Patches (N,D,h,w), how far they are from the bank, and the indices of the nearest in it. */
  private record Nearest(NDArray patches, NDArray distances, NDArray indices) {}

  private Nearest nearest(NDArray images, Pass pass) {
    NDArray patches = Scopes.keepOne(() -> patches(images, pass), images);
    NDList found = SCRIPT.call("nearest", patches, bank.value(), norms.one(pass), BLOCK);
    pass.probe("distances", found.get(0));
    return new Nearest(patches, found.get(0), found.get(1));
  }

  /** The map of images' distances, averaged with those of mirrored copies. */
  private NDArray map(NDArray images, NDArray upright, Pass pass) {
    return map.forward(averaged(images, upright, pass), images, pass);
  }

  /** The mean of an image's distances with those of its mirrored copies, mirrored back. */
  private NDArray averaged(NDArray images, NDArray upright, Pass pass) {
    List<long[]> flips = FLIPS.get(settings.text(MemoryBank.FLIPS));
    if (flips.isEmpty()) {
      return upright;
    }
    NDList distances = new NDList(upright);
    for (long[] axes : flips) {
      distances.add(
          Scopes.keepOne(
              () -> flipped(reweighted(nearest(flipped(images, axes), pass)), axes), images));
    }
    return SCRIPT.apply("mean", distances);
  }

  private static NDArray flipped(NDArray x, long[] axes) {
    return SCRIPT.apply("flipped", x, axes);
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
