/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import java.util.List;
import java.util.Optional;
import uniass.api.data.Normalization;
import uniass.api.plugin.Configured;

/**
 * Everything that decides a network's structure. A network may leave parts unused.
 *
 * @param imageHeight height of the input
 * @param imageWidth width of the input
 * @param network the kind of network
 * @param hidden width D of the head
 * @param lossWeight factor of the summed loss
 * @param jitter feature jitter in training
 * @param normalization replaces the backbone's own, where weights bring theirs
 */
public record NetworkPlan(
    int imageHeight,
    int imageWidth,
    Configured<Network> network,
    int hidden,
    Configured<Backbone> backbone,
    Configured<FeatureProcessing> features,
    Configured<PixelDecoder> pixelDecoder,
    Configured<AttentionBlock> attention,
    Configured<GatedCnn> gatedCnn,
    Configured<QueryProjector> queryProjector,
    Configured<QueryProcessor> queryProcessor,
    List<Configured<LossTerm>> loss,
    double lossWeight,
    Jitter jitter,
    Configured<MapFilter> mapFilter,
    Configured<MapFusion> fusion,
    Optional<Normalization> normalization) {

  /** Copies the list. */
  public NetworkPlan {
    loss = List.copyOf(loss);
  }

  /**
   * Feature jitter, as UniAD has it.
   *
   * @param scale factor of the noise, 20 in the paper
   * @param probability per level and batch, 0 for none
   */
  public record Jitter(double scale, double probability) {}
}
