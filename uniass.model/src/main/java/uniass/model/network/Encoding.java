/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Collections;
import java.util.List;
import uniass.api.network.Backbone;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.FeatureProcessing.Processed;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.network.PixelDecoder;
import uniass.model.layer.Contract;
import uniass.model.layer.Intermediates;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** From images to decoded maps: backbone, feature processing, jitter, pixel decoder. */
final class Encoding {

  private final NetworkPlan plan;
  private final NetworkShape shape;
  private final Backbone.Layer backbone;
  private final FeatureProcessing.Layer features;
  private final PixelDecoder.Layer pixelDecoder;

  Encoding(ParameterScope root, NetworkPlan plan, NetworkShape shape) {
    this.plan = plan;
    this.shape = shape;
    backbone = plan.backbone().call((p, s) -> p.create(root.child("backbone"), shape, s));
    features = plan.features().call((p, s) -> p.create(root.child("features"), shape, s));
    ParameterScope decoder = root.child("sem_seg_head.pixel_decoder");
    pixelDecoder = plan.pixelDecoder().call((p, s) -> p.create(decoder, shape, s));
  }

  Encoded forward(NDArray images, Pass pass) {
    Pass named = pass.withProbe((name, value) -> pass.probe("backbone." + name, value));
    NDList extracted =
        Intermediates.freedAll(
            () -> plan.backbone().call(() -> backbone.forward(images, named)), images);
    Contract.levels(
        plan.backbone(), "features", extracted, images.getShape().get(0), shape.channels(), shape);
    NDList targets = new NDList();
    NDList inputs = new NDList();
    for (int k = 0; k < extracted.size(); k++) {
      String name = "res" + (k + 1);
      var processing = plan.features();
      NDArray feature = extracted.get(k);
      int stride = 2 << k;
      Processed level = processing.call(() -> features.forward(feature, stride, pass));
      Contract.shape(processing, "a target", level.target(), feature.getShape());
      Contract.shape(
          processing,
          "an input",
          level.input(),
          Contract.withChannels(feature, shape.inputChannels().get(k)));
      targets.add(0, pass.probe("features." + name, level.target()));
      inputs.add(pass.probe("noised_features." + name, jittered(level.input(), name, pass)));
    }
    Pass decoding = pass.withProbe((name, value) -> pass.probe("pixel_decoder." + name, value));
    var decoder = plan.pixelDecoder();
    NDList decoded = decoder.call(() -> pixelDecoder.forward(inputs, decoding));
    List<Integer> hidden = Collections.nCopies(shape.levels(), shape.hidden());
    NDList fineToCoarse = new NDList(decoded);
    Collections.reverse(fineToCoarse);
    Contract.levels(
        decoder,
        "decoded maps (fine to coarse)",
        fineToCoarse,
        images.getShape().get(0),
        hidden,
        shape);
    return new Encoded(targets, decoded);
  }

  /** Adds noise as strong as the features themselves, per level all or nothing. */
  private NDArray jittered(NDArray input, String name, Pass pass) {
    NetworkPlan.Jitter jitter = plan.jitter();
    if (!pass.training() || pass.random().nextDouble() >= jitter.probability()) {
      return input;
    }
    return Intermediates.freed(
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
