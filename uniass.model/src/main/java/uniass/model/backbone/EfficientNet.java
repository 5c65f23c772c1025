/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import java.util.List;
import java.util.Optional;
import uniass.api.data.Normalization;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.model.backbone.Architecture.BlockShape;
import uniass.tensor.ParameterScope;

/** EfficientNet up to its last needed block, frozen, under the names of the usual PyTorch port. */
abstract class EfficientNet implements Backbone {

  private final Architecture architecture;

  EfficientNet(Architecture architecture) {
    this.architecture = architecture;
  }

  @Override
  public List<Integer> channels(Settings settings) {
    List<BlockShape> blocks = architecture.blocks();
    return architecture.levels().stream().map(index -> blocks.get(index).outputs()).toList();
  }

  /** ImageNet's statistics; weights that were trained otherwise bring their own. */
  @Override
  public Normalization normalization(Settings settings) {
    return Normalization.IMAGENET;
  }

  @Override
  public Optional<String> architecture(Settings settings) {
    return Optional.of(architecture.id());
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape network, Settings settings) {
    return MobileNetwork.create(scope.frozen(), architecture);
  }
}
