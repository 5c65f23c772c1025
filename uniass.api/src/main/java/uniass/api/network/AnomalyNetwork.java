/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.data.Normalization;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;

/** An assembled network. Inference may run in several threads at once; training in one. */
@ProviderType
public interface AnomalyNetwork extends AutoCloseable {

  /** The backbone's parameters lie under this prefix. */
  String BACKBONE_PREFIX = "backbone.";

  /** The parameters of a loss term lie under this prefix and the term's name. */
  String LOSS_PREFIX = "loss.";

  /** Its sizes. */
  NetworkShape shape();

  /** How images must be normalized. */
  Normalization normalization();

  /** Its parameters; keys are those of the published checkpoints. */
  ParameterStore parameters();

  /**
   * Computes the loss of one batch of normal images.
   *
   * @param images (N,3,H,W), normalized
   * @param pass usually a training pass
   * @return a scalar with a graph behind it
   */
  NDArray loss(NDArray images, Pass pass);

  /**
   * How many of a training batch's images the network wants painted twins of, 0 (none, as for most)
   * to 1 (all).
   */
  double paintedShare();

  /**
   * Computes the loss of a training step: that of the images, and what parts add that learn from
   * defects.
   *
   * @param images (N,3,H,W), normalized
   * @param painted twins with defects; empty if {@link #paintedShare} is 0
   * @return a scalar with a graph behind it
   */
  NDArray trainingLoss(NDArray images, Optional<Painted> painted, Pass pass);

  /**
   * Computes anomaly maps.
   *
   * @param images (N,3,H,W), normalized
   * @return (N,1,H,W), larger is more anomalous, not normalized; owned by the images' manager
   */
  NDArray anomalyMaps(NDArray images, Pass pass);

  /**
   * Computes everything, for tests, losses of one's own and images of the inside.
   *
   * @param images (N,3,H,W), normalized
   */
  Output forward(NDArray images, Pass pass);

  /** How it is fitted; nothing if it is trained by the gradient of its loss. */
  Optional<Fitting> fitting();

  /** How its map filter is fitted once the network has learned; nothing if the filter is not. */
  Optional<MapFitting> mapFitting();

  /** Counts what it costs, by computing the map of one image. */
  NetworkCost cost();

  @Override
  void close();

  /**
   * Images with synthetic defects.
   *
   * @param images (M,3,H,W), normalized
   * @param masks (M,1,H,W), 1 where anomalous, else 0
   */
  record Painted(NDArray images, NDArray masks) {}

  /**
   * All results of one forward pass, levels coarse to fine.
   *
   * @param targets what is to be reconstructed (N,C,h,w)
   * @param reconstructions same shapes as the targets
   * @param maps how far both are apart at each level's size, (N,1,h,w)
   * @param anomalyMap (N,1,H,W)
   * @param loss scalar
   */
  record Output(
      NDList targets, NDList reconstructions, NDList maps, NDArray anomalyMap, NDArray loss) {}
}
