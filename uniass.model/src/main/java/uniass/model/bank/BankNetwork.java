/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
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
import uniass.model.bank.PatchBank.Nearest;
import uniass.model.layer.Contract;
import uniass.model.layer.Results;
import uniass.model.map.SmoothedMap;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * Patches are features of the chosen levels, each averaged over 3x3 cells and brought to the finest
 * of them; a patch's distance is the Euclidean one to the nearest patch of the bank, or of its part
 * that knows most of the image. An image may be seen at several scales, each with its own bank.
 */
final class BankNetwork implements Network.Layer {

  private static final Script SCRIPT = Script.load(BankNetwork.class);

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

  /** The sizes at which an image is seen, fine to coarse. */
  private final List<Size> sizes;

  private final List<PatchBank> banks = new ArrayList<>();

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
    sizes = MemoryBank.scales(settings).stream().map(this::size).distinct().toList();
    for (int i = 0; i < sizes.size(); i++) {
      ParameterScope own = i == 0 ? scope : scope.child("scale_" + i);
      banks.add(new PatchBank(own, values, settings));
    }
  }

  @Override
  public NDArray loss(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> loss(nearest(images, pass)));
  }

  private static NDArray loss(List<Nearest> nearest) {
    NDList means = new NDList();
    nearest.forEach(scale -> means.add(Ops.mean(scale.distances())));
    return mean(means);
  }

  @Override
  public NDArray anomalyMaps(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> map(images, distances(nearest(images, pass)), pass));
  }

  @Override
  public AnomalyNetwork.Output forward(NDArray images, Pass pass) {
    return Results.output(
        images,
        pass,
        () -> {
          List<Nearest> nearest = nearest(images, pass);
          NDList patches = new NDList();
          NDList found = new NDList();
          NDList distances = new NDList();
          for (int i = 0; i < nearest.size(); i++) {
            patches.add(0, nearest.get(i).patches());
            found.add(0, banks.get(i).found(nearest.get(i)));
            distances.add(0, nearest.get(i).distances());
          }
          return new AnomalyNetwork.Output(
              patches, found, distances, map(images, distances(nearest), pass), loss(nearest));
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

  /** How many sizes of an image patches are made of. */
  int scales() {
    return sizes.size();
  }

  /**
   * Makes the patches of images.
   *
   * @param scale which of the scales
   * @return (N,D,h,w)
   */
  NDArray patches(NDArray images, int scale, Pass pass) {
    int height = sizes.get(scale).height();
    int width = sizes.get(scale).width();
    boolean same = height == shape.imageHeight() && width == shape.imageWidth();
    NDArray seen = same ? images : Ops.resizeBilinear(images, height, width, false);
    NDList features =
        Scopes.keep(() -> plan.backbone().call(() -> backbone.forward(seen, pass)), seen);
    NDList chosen = new NDList();
    for (int level : levels) {
      int stride = strides.get(level - 1);
      Shape expected =
          new Shape(
              images.getShape().get(0), channels.get(level - 1), height / stride, width / stride);
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

  /** The size of images at a scale. */
  private record Size(int height, int width) {}

  private Size size(double scale) {
    return new Size(scaled(shape.imageHeight(), scale), scaled(shape.imageWidth(), scale));
  }

  /** A multiple of the coarsest stride. */
  private int scaled(int pixels, double scale) {
    int stride = strides.get(strides.size() - 1);
    return scale == 1 ? pixels : stride * Math.max(1, (int) Math.round(pixels * scale / stride));
  }

  /** Replaces the bank of each scale. */
  void remember(List<List<float[]>> parts) {
    for (int i = 0; i < banks.size(); i++) {
      banks.get(i).remember(parts.get(i));
    }
  }

  /** The nearest patches at each scale. */
  private List<Nearest> nearest(NDArray images, Pass pass) {
    List<Nearest> nearest = new ArrayList<>();
    for (int i = 0; i < banks.size(); i++) {
      int scale = i;
      NDArray patches = Scopes.keepOne(() -> patches(images, scale, pass), images);
      nearest.add(banks.get(i).nearest(patches, pass));
    }
    return nearest;
  }

  /** The mean of all scales' distances, at the size of the first. */
  private NDArray distances(List<Nearest> nearest) {
    NDList all = new NDList();
    for (int i = 0; i < nearest.size(); i++) {
      NDArray distances = banks.get(i).reweighted(nearest.get(i));
      Shape first = nearest.get(0).distances().getShape();
      all.add(
          i == 0
              ? distances
              : Ops.resizeBilinear(distances, (int) first.get(2), (int) first.get(3), false));
    }
    return mean(all);
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
              () -> flipped(distances(nearest(flipped(images, axes), pass)), axes), images));
    }
    return mean(distances);
  }

  private static NDArray flipped(NDArray x, long[] axes) {
    return SCRIPT.apply("flipped", x, axes);
  }

  private static NDArray mean(NDList values) {
    return values.size() == 1 ? values.get(0) : SCRIPT.apply("mean", values);
  }
}
