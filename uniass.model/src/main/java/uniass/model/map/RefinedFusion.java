/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFusion;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * The product of the levels' maps times what a small network makes of the feature differences,
 * learned from synthetic defects. As a further factor it needs no scale of its own, and what it
 * takes for normal keeps a hundredth, so that defects of a kind that it never saw are not lost
 * among normal pixels.
 */
@Component(service = MapFusion.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "refined",
    description = "product of the levels' maps and of a head that learns from synthetic defects")
public final class RefinedFusion implements MapFusion {

  private static final String WEIGHT = "weight";
  private static final String CHANNELS = "channels";
  private static final String STRIDE = "stride";
  private static final String DEFECTS = "defects";
  private static final String SHARE = "share";
  private static final String NOISE = "noise";
  private static final String JOINT = "joint";
  private static final String LOSS_WEIGHT = "loss-weight";

  private static final String IMAGES = "images";
  private static final String FEATURES = "features";
  private static final String BOTH = "both";

  /** What the head takes for surely normal keeps so much. */
  private static final double KEPT = 0.01;

  /** Of blurred noise, whose deviation is about a third, a tenth lies above. */
  private static final double PLACES_ABOVE = 0.4;

  /** From 0 to 1 within a twentieth of the noise's unit. */
  private static final double SHARPNESS = 20;

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.number(WEIGHT, 1, 0, 100, "exponent of the head's map in the product"),
        Setting.integer(CHANNELS, 32, 1, 1024, "channels of the head"),
        Setting.choice(
            STRIDE, "4", List.of("2", "4"), "pixels of the image per pixel of the head's map"),
        Setting.choice(
            DEFECTS,
            IMAGES,
            List.of(IMAGES, FEATURES, BOTH),
            "learn from defects painted on images (dataset.synthetic), from noise on normal"
                + " features (cheaper), or from both"),
        Setting.number(
            SHARE, 0.5, 0.001, 1, "share of each batch's images that defects are painted on"),
        Setting.number(NOISE, 0.5, 0, 100, "largest noise on features, in their own deviations"),
        Setting.flag(JOINT, false, "the reconstructing network learns from the head's loss, too"),
        Setting.number(LOSS_WEIGHT, 1, 0, 1e6, "factor of the head's loss"));
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return new Refined(
        new RefinementHead(
            scope, shape, Integer.parseInt(settings.text(STRIDE)), settings.integer(CHANNELS)),
        settings);
  }

  /**
   * The built fusion.
   *
   * @param head learns
   * @param settings of the fusion
   */
  private record Refined(RefinementHead head, Settings settings) implements Learning {

    @Override
    public NDArray forward(NDList maps, Pass pass) {
      return maps.stream().reduce(NDArray::mul).orElseThrow();
    }

    @Override
    public NDArray forward(Evidence evidence, Pass pass) {
      NDArray product = forward(evidence.maps(), pass);
      NDArray logits = head.logits(evidence.targets(), evidence.reconstructions());
      NDArray probability = Ops.sigmoid(pass.probe("refined.logits", logits));
      NDArray kept = Ops.add(Ops.mul(probability, 1 - KEPT), KEPT);
      int height = (int) product.getShape().get(2);
      int width = (int) product.getShape().get(3);
      NDArray factor = Ops.pow(kept, settings.number(WEIGHT));
      return product.mul(Ops.resizeBilinear(factor, height, width, false));
    }

    @Override
    public double paintedShare() {
      return settings.text(DEFECTS).equals(FEATURES) ? 0 : settings.number(SHARE);
    }

    @Override
    public boolean joint() {
      return settings.flag(JOINT);
    }

    @Override
    public NDArray loss(Evidence normal, Optional<Labelled> painted, Pass pass) {
      NDArray loss = painted.map(this::loss).orElse(null);
      if (!settings.text(DEFECTS).equals(IMAGES)) {
        NDArray own = loss(disturbed(normal, pass));
        loss = loss == null ? own : loss.add(own);
      }
      if (loss == null) {
        throw new IllegalArgumentException("a fusion that learns from painted images got none");
      }
      return Ops.mul(loss, settings.number(LOSS_WEIGHT));
    }

    private NDArray loss(Labelled labelled) {
      Evidence evidence = labelled.evidence();
      return head.loss(
          head.logits(evidence.targets(), evidence.reconstructions()), labelled.masks());
    }

    /**
     * Noise on the features of some places, whose reconstructions stay: what SimpleNet (Liu et al.,
     * CVPR 2023) and SuperSimpleNet (Rolih et al., ICPR 2024) take for defects.
     */
    private Labelled disturbed(Evidence normal, Pass pass) {
      NDArray coarsest = Ops.slice(normal.targets().get(0), 1, 0, 1);
      NDArray places = Ops.gaussianBlur(pass.noise("refined.places", coarsest), 3, 1);
      NDArray finest = normal.targets().get(normal.targets().size() - 1);
      NDArray sharp =
          Ops.clamp(Ops.mul(Ops.add(size(places, finest), -PLACES_ABOVE), SHARPNESS), 0, 1);
      NDArray mask = Ops.detach(sharp);
      double strength = settings.number(NOISE) * (0.3 + 0.7 * pass.random().nextDouble());
      NDList targets = new NDList();
      for (int i = 0; i < normal.targets().size(); i++) {
        NDArray features = normal.targets().get(i);
        NDArray noise = pass.noise("refined.noise" + i, features);
        targets.add(RefinementHead.disturbed(features, size(mask, features), noise, strength));
      }
      Evidence evidence = new Evidence(normal.maps(), targets, normal.reconstructions());
      return new Labelled(evidence, mask);
    }

    private static NDArray size(NDArray map, NDArray like) {
      return Ops.resizeBilinear(
          map, (int) like.getShape().get(2), (int) like.getShape().get(3), false);
    }
  }
}
