/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.model.layer.Intermediates;
import uniass.model.layer.Norm;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** The top-down path of the feature pyramid below its coarsest level. */
final class Pyramid {

  private static final long PIXELS_AT_ONCE = 12544;

  private final List<NormedConvolution> adapters;
  private final List<NormedConvolution> layers;

  Pyramid(ParameterScope scope, NetworkShape shape) {
    List<NormedConvolution> createdAdapters = new ArrayList<>();
    List<NormedConvolution> createdLayers = new ArrayList<>();
    int hidden = shape.hidden();
    for (int k = 1; k < shape.levels(); k++) {
      int inputs = shape.inputChannels().get(k - 1);
      createdAdapters.add(new NormedConvolution(scope.child("adapter_" + k), inputs, hidden, 1));
      createdLayers.add(new NormedConvolution(scope.child("layer_" + k), hidden, hidden, 3));
    }
    adapters = List.copyOf(createdAdapters);
    layers = List.copyOf(createdLayers);
  }

  /**
   * Decodes the finer levels.
   *
   * @param inputs fine to coarse
   * @param coarsest decoded map (N,D,h,w)
   * @return all levels, coarse to fine, {@code coarsest} first
   */
  NDList forward(NDList inputs, NDArray coarsest, Pass pass) {
    NDList decoded = new NDList(coarsest);
    NDArray y = coarsest;
    for (int k = adapters.size() - 1; k >= 0; k--) {
      int level = k;
      NDArray coarser = y;
      y = Intermediates.freed(() -> level(level, inputs.get(level), coarser, pass));
      decoded.add(y);
    }
    return decoded;
  }

  private NDArray level(int k, NDArray input, NDArray coarser, Pass pass) {
    NDArray y =
        pass.execution() == Execution.DIRECT
            ? direct(k, input, coarser, pass)
            : optimized(k, input, coarser, pass);
    return pass.probe("fpn_y" + (k + 1), y);
  }

  private NDArray direct(int k, NDArray input, NDArray coarser, Pass pass) {
    int height = (int) input.getShape().get(2);
    int width = (int) input.getShape().get(3);
    NDArray sum =
        Intermediates.freed(
            pass,
            () -> {
              NDArray lateral =
                  pass.probe("adapter_" + (k + 1), adapters.get(k).forward(input, pass));
              return lateral.add(Ops.resizeBilinear(coarser, height, width, false));
            });
    return Ops.relu(layers.get(k).forward(sum, pass));
  }

  /** Predicts few images at a time: at full width, what lies between needs much memory. */
  private NDArray optimized(int k, NDArray input, NDArray coarser, Pass pass) {
    Norm norm = layers.get(k).norm();
    Shape shape = input.getShape();
    long images = shape.get(0);
    long several = Math.max(1, PIXELS_AT_ONCE / (shape.get(2) * shape.get(3)));
    if (pass.training() || images <= several) {
      return PyramidScript.normed(convolved(k, input, coarser, pass), norm);
    }
    NDArray whole =
        PyramidScript.whole(coarser, images, coarser.getShape().get(1), shape.get(2), shape.get(3));
    for (long start = 0; start < images; start += several) {
      long first = start;
      long end = Math.min(images, start + several);
      NDArray part =
          Intermediates.freed(
              () ->
                  convolved(
                      k, Ops.slice(input, 0, first, end), Ops.slice(coarser, 0, first, end), pass));
      PyramidScript.normed(part, norm, whole, start);
      part.close();
    }
    return whole;
  }

  private NDArray convolved(int k, NDArray input, NDArray coarser, Pass pass) {
    return Intermediates.freed(
        () ->
            layers
                .get(k)
                .convolution()
                .forwardOverwriting(PyramidScript.lateral(input, coarser, adapters.get(k)), pass));
  }
}
