/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.AdamW;
import uniass.tensor.Parameter;
import uniass.tensor.Script;

/**
 * Turns a network to double precision, in which rounding explains nothing. Constants keep the float
 * values that they were created with (interpolation, transforms of minimal filtering), which leaves
 * differences of some 1e-7.
 */
final class DoublePrecision {

  private static final Script SCRIPT =
      Script.compile(
          "uniass.test.precision",
          """
          def doubled(self, x: Tensor) -> Tensor:
            return torch.to(x, 7)
          """);

  private DoublePrecision() {}

  /** Doubles every float tensor that a network owns: parameters and constants. */
  static void of(AnomalyNetwork network) {
    for (NDArray tensor : List.copyOf(network.parameters().manager().getManagedArrays())) {
      // Asked of the engine: the tensor itself would remember the answer.
      if (JniUtils.getDataType((PtNDArray) tensor) == DataType.FLOAT32) {
        tensor.setRequiresGradient(false);
        tensor.intern(doubled(tensor));
      }
    }
    for (Parameter parameter : network.parameters().parameters()) {
      parameter.value().setRequiresGradient(parameter.trainable());
    }
    network.parameters().allChanged();
  }

  /** Doubles an optimizer's means; PyTorch counts its steps in single precision anyway. */
  static void of(AdamW optimizer) {
    for (Parameter state : optimizer.state()) {
      if (!state.name().equals("step")) {
        state.value().intern(doubled(state.value()));
      }
    }
  }

  /** A copy of a tensor. */
  static NDArray doubled(NDArray tensor) {
    NDArray copy = SCRIPT.apply("doubled", tensor);
    NDScope.unregister(copy);
    return copy;
  }

  /** The values of a tensor of either precision. */
  static double[] values(NDArray tensor) {
    try (NDArray copy = doubled(tensor)) {
      return copy.toDoubleArray();
    }
  }

  /** A copy of the gradient of a parameter. */
  static double[] gradient(Parameter parameter) {
    try (NDArray gradient = parameter.value().getGradient()) {
      return gradient.toDoubleArray();
    }
  }
}
