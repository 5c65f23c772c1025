/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import uniass.api.network.AnomalyNetwork.Output;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** Runs the computations of a whole network. */
public final class Results {

  private Results() {}

  /** Keeps the result alone, as property of the images' manager; no graph unless it trains. */
  public static NDArray one(NDArray images, Pass pass, Supplier<NDArray> computation) {
    return of(images, pass, computation, List::of);
  }

  /** The same for all that a network computes. */
  public static Output output(NDArray images, Pass pass, Supplier<Output> computation) {
    return of(images, pass, computation, Results::tensors);
  }

  private static <T> T of(
      NDArray images, Pass pass, Supplier<T> computation, Function<T, List<NDArray>> tensors) {
    T result =
        pass.training()
            ? computation.get()
            : Scopes.withoutGradients(() -> Scopes.keep(computation, tensors, images));
    tensors.apply(result).forEach(tensor -> tensor.attach(images.getManager()));
    return result;
  }

  private static List<NDArray> tensors(Output output) {
    List<NDArray> tensors = new ArrayList<>(output.targets());
    tensors.addAll(output.reconstructions());
    tensors.addAll(output.maps());
    tensors.add(output.anomalyMap());
    tensors.add(output.loss());
    return tensors;
  }
}
