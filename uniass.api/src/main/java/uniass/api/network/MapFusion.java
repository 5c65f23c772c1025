/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * Fuses the levels' anomaly maps into one. The loss terms do not see the maps: a fusion that learns
 * returns a {@link Learning} layer, which has a loss of its own.
 */
@ConsumerType
@PluginType(PluginType.FUSION)
public interface MapFusion extends NetworkPart {

  /** Creates the layer. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built fusion. */
  @FunctionalInterface
  interface Layer {
    /** Fuses maps (N,1,H/2,W/2), coarse to fine, into one of that shape. */
    NDArray forward(NDList maps, Pass pass);

    /** Fuses with a look at the features; by default by the maps alone. */
    default NDArray forward(Evidence evidence, Pass pass) {
      return forward(evidence.maps(), pass);
    }
  }

  /** A fusion that learns from defects: painted ones, or what it takes for some in the features. */
  interface Learning extends Layer {

    /** How many of a batch's images it wants painted twins of, 0 (none) to 1 (all). */
    double paintedShare();

    /**
     * Whether the gradient of its loss goes on into the network that reconstructs. If not, the
     * network computes the evidence of painted images as in prediction, which is faster.
     */
    boolean joint();

    /**
     * Computes what it adds to the loss of a training step.
     *
     * @param normal the evidence of the batch's images, as the training pass computes it
     * @param painted that of the painted twins; empty if none were asked for
     * @return a scalar
     */
    NDArray loss(Evidence normal, Optional<Labelled> painted, Pass pass);
  }

  /**
   * What there is to see of a batch, coarse to fine.
   *
   * @param maps the filtered maps of the levels (N,1,H/2,W/2)
   * @param targets the features (N,C,h,w) of each level that were to be reconstructed
   * @param reconstructions of the same shapes
   */
  record Evidence(NDList maps, NDList targets, NDList reconstructions) {}

  /**
   * The evidence of images whose defects are known.
   *
   * @param masks (N,1,H,W), 1 where anomalous, else 0
   */
  record Labelled(Evidence evidence, NDArray masks) {}
}
