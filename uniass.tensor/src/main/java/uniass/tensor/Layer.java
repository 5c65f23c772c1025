/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;

/** A differentiable function of one tensor. What it learns lives in a {@link ParameterScope}. */
@FunctionalInterface
@ConsumerType
public interface Layer {

  /**
   * Computes the layer. The result may be the input itself; the input is not changed.
   *
   * @param input what the layer's creator promised to feed, usually (N,C,H,W) or (N,L,C)
   * @param pass the forward pass that this call belongs to
   */
  NDArray forward(NDArray input, Pass pass);
}
