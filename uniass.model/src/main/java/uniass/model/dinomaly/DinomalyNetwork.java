/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.dinomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.MapFitting;
import uniass.api.network.Network;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.model.layer.Contract;
import uniass.model.layer.Results;
import uniass.model.map.SmoothedMap;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;
import uniass.tensor.Script;
import uniass.tensor.TensorValues;

/**
 * Compares means of groups of levels with means of the decoder's outputs, by cosines over channels.
 * In training, cells that are reconstructed well get less gradient: the decoder is to learn what it
 * cannot do yet, not to become general.
 */
final class DinomalyNetwork implements Network.Layer {

  private static final Script SCRIPT = Script.load(DinomalyNetwork.class);

  private final NetworkPlan plan;
  private final NetworkShape shape;
  private final Settings settings;
  private final int groups;
  private final int stride;
  private final Backbone.Layer backbone;
  private final Decoder decoder;
  private final SmoothedMap map;
  private final NDArray batches;

  DinomalyNetwork(ParameterScope root, NetworkShape shape, NetworkPlan plan, Settings settings) {
    this.plan = plan;
    this.shape = shape;
    this.settings = settings;
    groups = settings.integer(Dinomaly.GROUPS);
    stride = plan.backbone().call(Backbone::strides).get(0);
    backbone = plan.backbone().call((p, s) -> p.create(root.child("backbone"), shape, s));
    int width = shape.channels().get(0);
    decoder =
        new Decoder(
            root,
            width,
            width / settings.integer(Dinomaly.HEAD_WIDTH),
            shape.levels(),
            settings.number(Dinomaly.DROPOUT));
    map = new SmoothedMap(root, plan, shape, stride);
    batches = root.child("dinomaly").buffer("batches", Init.zeros(), 1);
  }

  @Override
  public NDArray loss(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> loss(groups(images, pass), pass));
  }

  @Override
  public NDArray anomalyMaps(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> map(distances(groups(images, pass)), images, pass));
  }

  @Override
  public AnomalyNetwork.Output forward(NDArray images, Pass pass) {
    return Results.output(
        images,
        pass,
        () -> {
          Groups found = groups(images, pass);
          NDList distances = distances(found);
          return new AnomalyNetwork.Output(
              found.targets(),
              found.reconstructions(),
              distances,
              map(distances, images, pass),
              loss(found, pass));
        });
  }

  @Override
  public Optional<MapFitting> mapFitting() {
    return map.fitting();
  }

  private Groups groups(NDArray images, Pass pass) {
    NDList levels = Scopes.keep(() -> levels(images, pass), images);
    int height = shape.imageHeight() / stride;
    int width = shape.imageWidth() / stride;
    NDList outputs = decoder.forward(Ops.toTokens(mean(levels)), pass);
    NDList targets = new NDList();
    NDList reconstructions = new NDList();
    int size = levels.size() / groups;
    for (int g = 0; g < groups; g++) {
      targets.add(mean(levels.subList(g * size, (g + 1) * size)));
      NDArray tokens = mean(outputs.subList(g * size, (g + 1) * size));
      reconstructions.add(Ops.toImage(tokens, height, width));
    }
    return new Groups(targets, reconstructions);
  }

  private NDList levels(NDArray images, Pass pass) {
    NDList levels = plan.backbone().call(() -> backbone.forward(images, pass));
    for (int k = 0; k < shape.levels(); k++) {
      Shape expected =
          new Shape(
              images.getShape().get(0),
              shape.channels().get(k),
              shape.imageHeight() / stride,
              shape.imageWidth() / stride);
      NDArray level = k < levels.size() ? levels.get(k) : null;
      Contract.shape(plan.backbone(), "features of level " + (k + 1), level, expected);
    }
    return levels;
  }

  private static NDArray mean(List<NDArray> parts) {
    return SCRIPT.apply("average", new NDList(parts));
  }

  private static NDList distances(Groups found) {
    NDList distances = new NDList();
    for (int g = 0; g < found.targets().size(); g++) {
      distances.add(
          SCRIPT.apply("distance", found.targets().get(g), found.reconstructions().get(g)));
    }
    return distances;
  }

  private NDArray map(NDList distances, NDArray images, Pass pass) {
    return map.forward(mean(distances), images, pass);
  }

  private NDArray loss(Groups found, Pass pass) {
    double easy = easy(pass);
    NDList losses = new NDList();
    for (int g = 0; g < groups; g++) {
      losses.add(
          SCRIPT.apply(
              "loss",
              found.targets().get(g),
              found.reconstructions().get(g),
              easy,
              settings.number(Dinomaly.EASY_GRADIENT)));
    }
    return mean(losses);
  }

  /** The share of easy cells of a batch; counts the batches of training. */
  private double easy(Pass pass) {
    double most = settings.number(Dinomaly.EASY);
    int warmUp = settings.integer(Dinomaly.WARM_UP);
    if (!pass.training()) {
      return most;
    }
    double seen = TensorValues.scalar(batches);
    SCRIPT.apply("count", batches);
    return seen < warmUp ? most * seen / warmUp : most;
  }

  /** Shallow to deep: what is to be reconstructed and what was, (N,D,h,w) each. */
  private record Groups(NDList targets, NDList reconstructions) {}
}
