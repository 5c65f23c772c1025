/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.LossTerm;
import uniass.api.network.MapFitting;
import uniass.api.network.MapFusion;
import uniass.api.network.MapFusion.Evidence;
import uniass.api.network.MapFusion.Labelled;
import uniass.api.network.Network;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.model.layer.Levels;
import uniass.model.layer.Results;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** The published network. */
final class UniasNetwork implements Network.Layer {

  private final NetworkPlan plan;
  private final NetworkShape shape;
  private final Encoding encoding;
  private final Predictor predictor;
  private final AnomalyMaps maps;
  private final List<LossTerm.Layer> terms = new ArrayList<>();

  UniasNetwork(ParameterScope root, NetworkShape backbone, NetworkPlan plan, int levels) {
    this.plan = plan;
    this.shape = backbone.coarsest(levels);
    encoding = new Encoding(root, plan, backbone, shape);
    predictor = new Predictor(root.child("sem_seg_head.predictor"), plan, shape);
    maps = new AnomalyMaps(root, plan, shape);
    for (Configured<LossTerm> term : plan.loss()) {
      ParameterScope scope = root.child(AnomalyNetwork.LOSS_PREFIX + term.name());
      terms.add(term.call((p, s) -> p.create(scope, shape, s)));
    }
  }

  @Override
  public NDArray loss(NDArray images, Pass pass) {
    return Results.one(images, pass, () -> loss(levels(images, pass), pass));
  }

  @Override
  public NDArray anomalyMaps(NDArray images, Pass pass) {
    return Results.one(
        images, pass, () -> maps.fuse(evidence(levels(images, pass), pass), named(pass)));
  }

  @Override
  public double paintedShare() {
    return maps.learning().map(learner -> plan.fusion().call(learner::paintedShare)).orElse(0.0);
  }

  @Override
  public NDArray trainingLoss(NDArray images, Optional<AnomalyNetwork.Painted> painted, Pass pass) {
    Optional<MapFusion.Learning> learner = maps.learning();
    if (learner.isEmpty()) {
      return loss(images, pass);
    }
    boolean joint = plan.fusion().call(learner.get()::joint);
    return Results.one(
        images,
        pass,
        () -> {
          Reconstructed levels = levels(images, pass);
          Evidence normal = evidence(joint ? levels : levels.detached(), pass);
          Optional<Labelled> labelled =
              painted.map(p -> new Labelled(evidence(p.images(), joint, pass), p.masks()));
          return loss(levels, pass).add(maps.loss(normal, labelled, named(pass)));
        });
  }

  @Override
  public Optional<MapFitting> mapFitting() {
    return maps.fitting();
  }

  /** The evidence of painted images: as a part of the training, or as prediction sees it. */
  private Evidence evidence(NDArray images, boolean joint, Pass pass) {
    if (joint) {
      return evidence(levels(images, pass), pass);
    }
    Pass predicting = pass.predicting();
    return Scopes.withoutGradients(
        () ->
            Scopes.keep(
                () -> evidence(levels(images, predicting), predicting),
                UniasNetwork::tensors,
                images));
  }

  private static List<NDArray> tensors(Evidence evidence) {
    List<NDArray> tensors = new ArrayList<>(evidence.maps());
    tensors.addAll(evidence.targets());
    tensors.addAll(evidence.reconstructions());
    return tensors;
  }

  private Evidence evidence(Reconstructed levels, Pass pass) {
    return evidence(levels, distances(levels, pass), pass);
  }

  private Evidence evidence(Reconstructed levels, NDList distances, Pass pass) {
    NDList filtered = maps.filtered(distances, levels.images(), named(pass));
    return new Evidence(filtered, levels.targets(), levels.reconstructions());
  }

  @Override
  public AnomalyNetwork.Output forward(NDArray images, Pass pass) {
    return Results.output(
        images,
        pass,
        () -> {
          Reconstructed levels = levels(images, pass);
          NDList distances = distances(levels, pass);
          Evidence evidence = evidence(levels, distances, pass);
          NDArray map = pass.probe("pred", maps.fuse(evidence, named(pass)));
          return new AnomalyNetwork.Output(
              levels.targets(), levels.reconstructions(), distances, map, loss(levels, pass));
        });
  }

  /** Computes targets and reconstructions; what lies between is freed when no longer needed. */
  private Reconstructed levels(NDArray images, Pass pass) {
    Seen seen = pass.scoped(() -> seen(images, pass), Seen::tensors, images);
    NDList reconstructions = predictor.reconstruct(seen.sources(), seen.queries(), named(pass));
    return new Reconstructed(images, seen.targets(), reconstructions);
  }

  private Seen seen(NDArray images, Pass pass) {
    Encoding.Encoded encoded = encoding.forward(images, pass);
    return new Seen(
        encoded.targets(),
        predictor.sources(encoded.decoded(), named(pass)),
        predictor.queries(encoded.decoded().get(0), named(pass)));
  }

  private NDList distances(Reconstructed levels, Pass pass) {
    NDList distances = new NDList();
    for (int i = 0; i < shape.levels(); i++) {
      NDArray distance = maps.distance(levels.reconstructions().get(i), levels.targets().get(i));
      distances.add(named(pass).probe("level%d.anomaly_native".formatted(i), distance));
    }
    return distances;
  }

  private NDArray loss(Reconstructed levels, Pass pass) {
    return pass.scoped(
        () -> {
          NDArray sum = null;
          for (int i = 0; i < shape.levels(); i++) {
            for (int k = 0; k < terms.size(); k++) {
              String name = plan.loss().get(k).name();
              NDArray value =
                  pass.probe("level%d.loss.%s".formatted(i, name), term(k, levels, i, pass));
              sum = sum == null ? value : sum.add(value);
            }
          }
          return Ops.mul(sum, plan.lossWeight());
        });
  }

  private NDArray term(int index, Reconstructed levels, int level, Pass pass) {
    Configured<LossTerm> term = plan.loss().get(index);
    LossTerm.Layer layer = terms.get(index);
    NDArray reconstruction = levels.reconstructions().get(level);
    NDArray target = levels.targets().get(level);
    NDArray value =
        term.call(() -> layer.forward(reconstruction, target, Levels.stride(level), pass));
    if (value.getShape().size() != 1) {
      throw term.breach(
          "returned shape " + value.getShape() + ", but a loss is one number: use Ops.mean");
    }
    return value;
  }

  private static Pass named(Pass pass) {
    return pass.withProbe((name, value) -> pass.probe("predictor." + name, value));
  }

  /**
   * What the queries look at.
   *
   * @param targets what they are to reconstruct, coarse to fine
   * @param sources keys and values, coarse to fine
   * @param queries the first
   */
  private record Seen(NDList targets, NDList sources, NDArray queries) {

    List<NDArray> tensors() {
      List<NDArray> tensors = new ArrayList<>(targets);
      tensors.addAll(sources);
      tensors.add(queries);
      return tensors;
    }
  }

  /** Of images (N,3,H,W); levels coarse to fine. */
  private record Reconstructed(NDArray images, NDList targets, NDList reconstructions) {

    /** Without the graph that computed them. */
    Reconstructed detached() {
      return new Reconstructed(images, detached(targets), detached(reconstructions));
    }

    private static NDList detached(NDList tensors) {
      return new NDList(tensors.stream().map(Ops::detach).toList());
    }
  }
}
