/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import uniass.api.network.Backbone;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.FeatureProcessing.Processed;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.network.PixelDecoder;
import uniass.model.layer.Contract;
import uniass.model.layer.Levels;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** From images to decoded maps: backbone, feature processing, jitter, pixel decoder. */
final class Encoding {

  private final NetworkPlan plan;
  private final NetworkShape all;
  private final NetworkShape shape;
  private final Backbone.Layer backbone;
  private final FeatureProcessing.Layer features;
  private final PixelDecoder.Layer pixelDecoder;

  /**
   * Creates the parts.
   *
   * @param all the backbone's levels
   * @param shape those of them that are used, from the coarsest on
   */
  Encoding(ParameterScope root, NetworkPlan plan, NetworkShape all, NetworkShape shape) {
    this.plan = plan;
    this.all = all;
    this.shape = shape;
    backbone = plan.backbone().call((p, s) -> p.create(root.child("backbone"), all, s));
    features = plan.features().call((p, s) -> p.create(root.child("features"), shape, s));
    ParameterScope decoder = root.child("sem_seg_head.pixel_decoder");
    pixelDecoder = plan.pixelDecoder().call((p, s) -> p.create(decoder, shape, s));
  }

  Encoded forward(NDArray images, Pass pass) {
    NDList features = features(images, pass);
    NDList targets = new NDList();
    NDList inputs = new NDList();
    for (int i = features.size() - 1; i >= 0; i--) { // jitter draws for the finest level first
      Processed level = processed(features.get(i), i, pass);
      String name = "res" + (features.size() - i);
      targets.add(0, pass.probe("features." + name, level.target()));
      NDArray input = jittered(level.input(), name, pass);
      inputs.add(0, pass.probe("noised_features." + name, input));
    }
    return new Encoded(targets, decoded(inputs, images, pass));
  }

  /** The backbone's levels that are used, coarse to fine. */
  private NDList features(NDArray images, Pass pass) {
    Pass named = pass.withProbe((name, value) -> pass.probe("backbone." + name, value));
    return Scopes.keep(() -> used(images, named), images);
  }

  private NDList used(NDArray images, Pass pass) {
    NDList extracted = plan.backbone().call(() -> backbone.forward(images, pass));
    List<NDArray> features = Levels.coarseToFine(extracted);
    Contract.levels(plan.backbone(), "features", new NDList(features), all.channels(), images);
    return new NDList(features.subList(0, shape.levels()));
  }

  private Processed processed(NDArray feature, int i, Pass pass) {
    var processing = plan.features();
    Processed level = processing.call(() -> features.forward(feature, Levels.stride(i), pass));
    Contract.shape(processing, "a target", level.target(), feature.getShape());
    Shape expected = Contract.withChannels(feature, shape.inputChannels().get(i));
    Contract.shape(processing, "an input", level.input(), expected);
    return level;
  }

  private NDList decoded(NDList inputs, NDArray images, Pass pass) {
    Pass named = pass.withProbe((name, value) -> pass.probe("pixel_decoder." + name, value));
    NDList decoded = plan.pixelDecoder().call(() -> pixelDecoder.forward(inputs, named));
    List<Integer> hidden = Collections.nCopies(shape.levels(), shape.hidden());
    Contract.levels(plan.pixelDecoder(), "decoded maps", decoded, hidden, images);
    return decoded;
  }

  /** Adds noise as strong as the features themselves, per level all or nothing. */
  private NDArray jittered(NDArray input, String name, Pass pass) {
    NetworkPlan.Jitter jitter = plan.jitter();
    if (!pass.training() || pass.random().nextDouble() >= jitter.probability()) {
      return input;
    }
    return Scopes.keepOne(
        () -> {
          double factor = jitter.scale() / input.getShape().get(1);
          NDArray deviation = Ops.mul(Ops.norm(input, 1), factor);
          return input.add(pass.noise("noise." + name, input).mul(deviation));
        });
  }

  /**
   * Coarse to fine.
   *
   * @param targets what is to be reconstructed (N,C,h,w)
   * @param decoded (N,D,h,w)
   */
  record Encoded(NDList targets, NDList decoded) {}
}
