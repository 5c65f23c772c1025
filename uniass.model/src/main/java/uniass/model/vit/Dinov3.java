/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.model.layer.Derived;
import uniass.tensor.Init;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** DINOv3 (Siméoni et al. 2025): rotary positions and four register tokens. */
abstract class Dinov3 extends VisionTransformer {

  private static final int REGISTER_TOKENS = 4;

  /** Longest period of the rotary positions. */
  private static final double BASE = 100;

  Dinov3(String id, VitShape vit) {
    super(id, vit);
  }

  @Override
  double normEps() {
    return 1e-5;
  }

  @Override
  Stem stem(ParameterScope scope, NetworkShape network, Settings settings) {
    int width = vit().width();
    NDArray cls = scope.parameter("cls_token", Init.normal(), 1, 1, width);
    NDList registers =
        new NDList(scope.parameter("register_tokens", Init.normal(), 1, REGISTER_TOKENS, width));
    NDList patches = patches(scope);
    Derived rotations =
        Derived.ofFrozen(
            scope,
            () ->
                SCRIPT.call(
                    "rotations",
                    cls,
                    network.imageHeight() / vit().patch(),
                    network.imageWidth() / vit().patch(),
                    vit().headWidth(),
                    BASE));
    return new Stem() {
      @Override
      public NDArray tokens(NDArray images, Pass pass) {
        NDArray tokens = SCRIPT.apply("patches", images, patches, vit().patch());
        return SCRIPT.apply("embedded", tokens, cls, registers, new NDList());
      }

      @Override
      public int extraTokens() {
        return 1 + REGISTER_TOKENS;
      }

      @Override
      public NDList rotations(Pass pass) {
        return rotations.get(pass);
      }
    };
  }
}
