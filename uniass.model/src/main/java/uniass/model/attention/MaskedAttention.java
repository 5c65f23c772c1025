/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.attention;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.AttentionBlock;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.model.attention.Branch.Choices;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.NeighborMask;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** The attention blocks of the paper; they differ in whether there is a channel branch. */
abstract class MaskedAttention implements AttentionBlock {

  private static final String ORDER = "order";
  private static final int NEIGHBOR_MASK = 7;

  private final boolean channelBranch;

  MaskedAttention(boolean channelBranch) {
    this.channelBranch = channelBranch;
  }

  @Override
  public List<Setting> settings() {
    List<Setting> settings = new ArrayList<>(BlockSettings.declare(NEIGHBOR_MASK));
    settings.add(
        Setting.choice(
            ORDER,
            "cross-first",
            List.of("cross-first", "self-first"),
            "which attention comes first"));
    return List.copyOf(settings);
  }

  @Override
  public List<String> refusals(NetworkShape shape, Settings settings) {
    BlockSettings block = BlockSettings.of(settings);
    List<String> reasons =
        new ArrayList<>(
            block.refusals("attention", shape.hidden(), shape.gridHeight(), shape.gridWidth()));
    if (channelBranch && shape.queries() % block.heads() != 0) {
      reasons.add(
          "attention 'spatial-channel': the %d x %d grid of a %d x %d px image has %d cells, not divisible by %d heads: take another image size, other heads, or 'spatial'"
              .formatted(
                  shape.gridHeight(),
                  shape.gridWidth(),
                  shape.imageHeight(),
                  shape.imageWidth(),
                  shape.queries(),
                  block.heads()));
    }
    return reasons;
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    Choices choices =
        new Choices(settings.text(ORDER).equals("cross-first"), BlockSettings.of(settings));
    NDArray mask =
        NeighborMask.create(
            scope.manager(), shape.gridHeight(), shape.gridWidth(), choices.block().neighborMask());
    Branch spatial = new Branch(scope, "Spatial", shape.hidden(), choices, mask);
    Branch channel =
        channelBranch ? new Branch(scope, "Channel", shape.queries(), choices, null) : null;
    return new Branches(spatial, channel);
  }

  private record Branches(Branch spatial, Branch channel) implements Layer {

    @Override
    public NDArray forward(
        NDArray tokens, NDArray source, NDArray position, NDArray queryEmbedding, Pass pass) {
      return Scopes.keepOne(
          () -> {
            NDArray key = source.add(position);
            NDArray sum = spatial.forward(tokens, key, source, queryEmbedding, pass);
            if (channel != null) {
              sum = sum.add(transposed(channels(tokens, key, source, pass)));
            }
            return pass.probe("block_output", sum);
          });
    }

    private NDArray channels(NDArray tokens, NDArray key, NDArray source, Pass pass) {
      return channel.forward(transposed(tokens), transposed(key), transposed(source), null, pass);
    }

    /** Tokens (N,L,D) to channels (N,D,L) and back. */
    private static NDArray transposed(NDArray x) {
      return x.transpose(0, 2, 1);
    }
  }
}
