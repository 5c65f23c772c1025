package uniass.model.attention;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.FeedForward;
import uniass.model.layer.Intermediates;
import uniass.model.layer.Norm;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Feed-forward maps with residual and layer norm. */
final class FeedForwardLayer {

  private final FeedForward maps;
  private final Norm norm;
  private final boolean preNorm;

  FeedForwardLayer(ParameterScope scope, int width, BlockSettings settings) {
    maps = new FeedForward(scope, width, settings.inner(), settings.dropout());
    norm = new Norm(scope.child("norm"), width);
    preNorm = settings.preNorm();
  }

  /** Computes (N,L,E) to (N,L,E). */
  NDArray forward(NDArray x, Pass pass) {
    return Intermediates.freed(
        () ->
            preNorm
                ? x.add(maps.forward(norm.layer(x), pass))
                : norm.layer(x.add(maps.forward(x, pass))));
  }
}
