/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Two linear maps with ReLU between: {@code linear1}, {@code linear2}; dropout after each. */
public final class FeedForward {

  private final Linear first;
  private final Linear second;
  private final double dropout;

  /** Creates maps of {@code width} to {@code inner} and back. */
  public FeedForward(ParameterScope scope, int width, int inner, double dropout) {
    first = Linear.xavier(scope.child("linear1"), width, inner);
    second = Linear.xavier(scope.child("linear2"), inner, width);
    this.dropout = dropout;
  }

  /** The map to the inner width. */
  public Linear first() {
    return first;
  }

  /** The map back. */
  public Linear second() {
    return second;
  }

  /** Maps (N,L,E) to (N,L,E). */
  public NDArray forward(NDArray tokens, Pass pass) {
    NDArray inner = pass.dropout(Ops.relu(first.forward(tokens)), dropout);
    return pass.dropout(second.forward(inner), dropout);
  }
}
