/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.Function;
import uniass.model.layer.Fork;
import uniass.model.layer.Kernel;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** Convolutions of one input, which in training share its transform. */
final class FilteredFork implements Fork {

  private final Fork direct;
  private final List<Kernel> kernels;
  private final WinogradTraining training;

  FilteredFork(Fork.Convolutions fork, ParameterScope scope) {
    direct = fork;
    kernels = fork.convolutions().stream().map(convolution -> convolution.kernel()).toList();
    boolean shared = kernels.size() > 1 && kernels.stream().allMatch(FilteredConvolution::fits);
    training = shared ? new WinogradTraining(scope.manager()) : null;
  }

  @Override
  public NDList forward(NDArray input, Pass pass) {
    if (training == null || !pass.training() || FilteredConvolution.isDirect(input, pass)) {
      return direct.forward(input, pass);
    }
    return Scopes.keep(
        () -> {
          NDArray weights = concat(Kernel::weight);
          NDArray biases = concat(Kernel::bias);
          return Ops.split(training.convolve(input, weights, biases), 1, kernels.size());
        });
  }

  private NDArray concat(Function<Kernel, NDArray> parameter) {
    return Ops.concat(0, kernels.stream().map(parameter).toArray(NDArray[]::new));
  }
}
