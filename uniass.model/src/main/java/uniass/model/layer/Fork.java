/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import uniass.tensor.Pass;

/** Several layers of one input. */
@FunctionalInterface
public interface Fork {

  /** Computes what each layer makes of the input, in their order. */
  NDList forward(NDArray input, Pass pass);

  /**
   * Convolutions of one input.
   *
   * @param convolutions of the same size, with biases
   */
  record Convolutions(List<Convolution> convolutions) implements Fork {

    @Override
    public NDList forward(NDArray input, Pass pass) {
      return new NDList(convolutions.stream().map(c -> c.forward(input, pass)).toList());
    }
  }
}
