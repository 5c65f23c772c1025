/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import uniass.model.backbone.MobileBlock;
import uniass.model.backbone.MobileStem;
import uniass.model.decoder.PyramidLevel;
import uniass.model.head.ReconstructionHead;
import uniass.model.layer.Fork;
import uniass.model.layer.Kernel;
import uniass.model.layer.PatchEmbedding;
import uniass.model.layer.ResidualAttention;
import uniass.model.layer.ResidualFeedForward;
import uniass.tensor.FasterLayers;
import uniass.tensor.ParameterScope;

/** The faster form of each layer that has one. It leaves direct passes to the layer. */
public final class FastLayers implements FasterLayers {

  @Override
  public Object of(Object layer, ParameterScope scope) {
    if (layer instanceof Kernel kernel) {
      return FilteredConvolution.fits(kernel) ? new FilteredConvolution(kernel, scope) : kernel;
    } else if (layer instanceof Fork.Convolutions fork) {
      return new FilteredFork(fork, scope);
    } else if (layer instanceof ResidualAttention attention) {
      return new FusedAttention(attention);
    } else if (layer instanceof ResidualFeedForward feedForward) {
      return new FusedFeedForward(feedForward);
    } else if (layer instanceof PyramidLevel level) {
      return new FusedLevel(level, scope);
    } else if (layer instanceof PatchEmbedding embedding) {
      return new ComposedEmbedding(embedding, scope);
    } else if (layer instanceof ReconstructionHead head) {
      return new FactorizedHead(head, scope);
    } else if (layer instanceof MobileStem stem) {
      return new FoldedStem(stem, scope);
    } else if (layer instanceof MobileBlock block) {
      return new FoldedBlock(block, scope);
    }
    return layer;
  }
}
