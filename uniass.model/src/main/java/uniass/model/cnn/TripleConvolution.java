/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.cnn;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.Convolution;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** GELU(conv3x3(conv3x3(conv3x3(x)))), parameters {@code convs.0} to {@code convs.2}. */
public final class TripleConvolution implements Layer {

  private final Convolution first;
  private final Convolution second;
  private final Convolution third;

  /** Creates the convolutions. */
  public TripleConvolution(ParameterScope scope, int inputs, int outputs) {
    first = Convolution.xavier(scope.child("convs.0"), inputs, outputs, 3);
    second = Convolution.xavier(scope.child("convs.1"), outputs, outputs, 3);
    third = Convolution.xavier(scope.child("convs.2"), outputs, outputs, 3);
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return Scopes.keepOne(
        () -> Ops.gelu(third.forward(second.forward(first.forward(input, pass), pass), pass)));
  }
}
