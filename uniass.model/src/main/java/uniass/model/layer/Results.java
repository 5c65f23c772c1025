/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.Supplier;
import uniass.api.network.AnomalyNetwork.Output;
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
            : Scopes.withoutGradients(() -> Scopes.keep(computation, images));
    results.attach(images.getManager());
    return results;
  }

  /** The same for all that a network computes. */
  public static Output output(NDArray images, Pass pass, Supplier<Output> computation) {
    int[] levels = new int[3];
    NDList all =
        of(
            images,
            pass,
            () -> {
              Output output = computation.get();
              NDList results = new NDList(output.targets());
              results.addAll(output.reconstructions());
              results.addAll(output.maps());
              results.add(output.anomalyMap());
              results.add(output.loss());
              levels[0] = output.targets().size();
              levels[1] = levels[0] + output.reconstructions().size();
              levels[2] = levels[1] + output.maps().size();
              return results;
            });
    return new Output(
        new NDList(all.subList(0, levels[0])),
        new NDList(all.subList(levels[0], levels[1])),
        new NDList(all.subList(levels[1], levels[2])),
        all.get(levels[2]),
        all.get(levels[2] + 1));
  }
}
