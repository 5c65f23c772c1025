/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.Supplier;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** Runs the computations of a whole network. */
public final class Results {

  private Results() {}

  /** Keeps the results alone, as property of the images' manager; no graph unless it trains. */
  public static NDList of(NDArray images, Pass pass, Supplier<NDList> computation) {
    NDList results =
        pass.training()
            ? computation.get()
            : Scopes.withoutGradients(() -> Intermediates.freedAll(computation, images));
    results.attach(images.getManager());
    return results;
  }
}
