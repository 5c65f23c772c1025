/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Part;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * A kind of network: how anomaly maps come from the plan's parts. It is either trained by the
 * gradient of its loss or, if its layer has a {@link Fitting}, fitted in one pass over the images.
 * {@link #excludes} names the settings of {@code model} that it does not read.
 */
@ConsumerType
@PluginType(PluginType.NETWORK)
public interface Network extends Part {

  /**
   * Says why it cannot be built with these parts and sizes, before anything is built.
   *
   * @return one line per reason, empty if it can
   */
  default List<String> refusals(NetworkPlan plan, NetworkShape shape, Settings settings) {
    return List.of();
  }

  /**
   * Creates the network. The backbone's parameters belong into the scope's child {@code backbone}.
   */
  Layer create(ParameterScope scope, NetworkShape shape, NetworkPlan plan, Settings settings);

  /** The built network; images are (N,3,H,W) and normalized. */
  interface Layer {

    /** Computes a scalar: what training makes small, or how far the images are from normal. */
    NDArray loss(NDArray images, Pass pass);

    /** See {@link AnomalyNetwork#paintedShare}. */
    default double paintedShare() {
      return 0;
    }

    /** See {@link AnomalyNetwork#trainingLoss}. */
    default NDArray trainingLoss(
        NDArray images, Optional<AnomalyNetwork.Painted> painted, Pass pass) {
      return loss(images, pass);
    }

    /** Computes the anomaly maps (N,1,H,W); larger is more anomalous. */
    NDArray anomalyMaps(NDArray images, Pass pass);

    /** Computes everything. */
    AnomalyNetwork.Output forward(NDArray images, Pass pass);

    /** How it is fitted; nothing if it is trained by the gradient of its loss. */
    default Optional<Fitting> fitting() {
      return Optional.empty();
    }

    /**
     * See {@link AnomalyNetwork#mapFitting}. A network with a map filter returns {@link
     * MapFilter.Layer#fitting}, gives the filter the images, and hands its own pass on to it.
     */
    default Optional<MapFitting> mapFitting() {
      return Optional.empty();
    }
  }
}
