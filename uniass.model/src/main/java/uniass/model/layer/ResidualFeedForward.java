/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Layer;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** Feed-forward maps of tokens (N,L,E) with residual and layer norm. */
public record ResidualFeedForward(FeedForward maps, Norm norm, BlockSettings settings)
    implements Layer {

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    return Scopes.keepOne(
        () ->
            settings.preNorm()
                ? x.add(maps.forward(norm.layer(x), pass))
                : norm.layer(x.add(maps.forward(x, pass))));
  }
}
