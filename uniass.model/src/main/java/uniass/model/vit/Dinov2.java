/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.model.layer.Derived;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * DINOv2 (Oquab et al. 2023) and its form with registers (Darcet et al. 2023): learned positions,
 * resampled to the image's grid as published.
 */
abstract class Dinov2 extends VisionTransformer {

  private static final String REGISTERS = "registers";

  /** Patches along a side of the 518 px images whose positions the weights have. */
  private static final int SIDE = 37;

  private static final int REGISTER_TOKENS = 4;

  /** What the published code without registers adds to the grid when it scales positions. */
  private static final double OFFSET = 0.1;

  Dinov2(String id, VitShape vit) {
    super(id, vit);
  }

  @Override
  double normEps() {
    return 1e-6;
  }

  @Override
  public List<Setting> settings() {
    List<Setting> settings = new ArrayList<>(super.settings());
    settings.add(
        Setting.flag(REGISTERS, false, "the form with four register tokens (its own weights)"));
    return settings;
  }

  @Override
  Stem stem(ParameterScope scope, NetworkShape network, Settings settings) {
    int width = vit().width();
    boolean registered = settings.flag(REGISTERS);
    NDArray cls = scope.parameter("cls_token", Init.normal(), 1, 1, width);
    NDArray codes = scope.parameter("pos_embed", Init.normal(), 1, 1 + SIDE * SIDE, width);
    NDList registers = new NDList();
    if (registered) {
      registers.add(scope.parameter("register_tokens", Init.normal(), 1, REGISTER_TOKENS, width));
    }
    NDList patches = patches(scope);
    Derived positions =
        Derived.ofFrozen(
            scope,
            () ->
                new NDList(
                    Ops.slice(codes, 1, 0, 1),
                    SCRIPT.apply(
                        "positions",
                        Ops.slice(codes, 1, 1, 1 + SIDE * SIDE),
                        network.imageHeight() / vit().patch(),
                        network.imageWidth() / vit().patch(),
                        registered ? 0.0 : OFFSET)));
    return new Stem() {
      @Override
      public NDArray tokens(NDArray images, Pass pass) {
        NDArray tokens = SCRIPT.apply("patches", images, patches, vit().patch());
        return SCRIPT.apply("embedded", tokens, cls, registers, positions.get(pass));
      }

      @Override
      public int extraTokens() {
        return registered ? 1 + REGISTER_TOKENS : 1;
      }

      @Override
      public NDList rotations(Pass pass) {
        return new NDList();
      }
    };
  }
}
