/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.attention;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.FeedForward;
import uniass.model.layer.Intermediates;
import uniass.model.layer.Norm;
import uniass.model.layer.TransformerScript;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** Feed-forward maps with residual and layer norm. */
final class FeedForwardLayer {

  private final FeedForward maps;
  private final Norm norm;
  private final BlockSettings settings;

  FeedForwardLayer(ParameterScope scope, int width, BlockSettings settings) {
    maps = new FeedForward(scope, width, settings.inner(), settings.dropout());
    norm = new Norm(scope.child("norm"), width);
    this.settings = settings;
  }

  /** Computes (N,L,E) to (N,L,E). */
  NDArray forward(NDArray x, Pass pass) {
    if (pass.execution() == Execution.OPTIMIZED) {
      return TransformerScript.feedForward(x, maps, norm, settings, pass);
    }
    return Intermediates.freed(
        () ->
            settings.preNorm()
                ? x.add(maps.forward(norm.layer(x), pass))
                : norm.layer(x.add(maps.forward(x, pass))));
  }
}
