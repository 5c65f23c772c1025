/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.checkpoint.TensorData;
import uniass.api.data.Normalization;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * A frozen feature extractor. It gives levels of features, fine to coarse as it computes them (all
 * lists of levels behind it run coarse to fine); networks say which strides they need, and an
 * experiment that puts together what does not fit is refused.
 */
@ConsumerType
@PluginType(PluginType.BACKBONE)
public interface Backbone extends NetworkPart {

  /** Channels of the levels, fine to coarse. */
  List<Integer> channels(Settings settings);

  /**
   * How many pixels of the image a cell of each level stands for, in each direction. The network of
   * the paper needs 2, 4, 8 and 16.
   *
   * @return as many as there are {@link #channels}, fine to coarse
   */
  default List<Integer> strides(Settings settings) {
    return List.of(2, 4, 8, 16);
  }

  /**
   * Whether the layer, created for images of one size, computes those of other sizes, too, as
   * convolutions do. A memory bank with several scales asks for it, with sizes that are multiples
   * of the coarsest stride; a backbone with position codes of one size, such as a vision
   * transformer, must say no.
   */
  default boolean anySize(Settings settings) {
    return true;
  }

  /** The normalization that the usual weights of this architecture expect. */
  Normalization normalization(Settings settings);

  /**
   * Name of the architecture, by which {@link PretrainedWeights} are found; empty if weights make
   * no sense.
   */
  default Optional<String> architecture(Settings settings) {
    return Optional.empty();
  }

  /**
   * Brings the tensors of a published file to the names and shapes of the parameters that {@link
   * #create} makes, if the file has them otherwise.
   *
   * @param published by name, without {@link AnomalyNetwork#BACKBONE_PREFIX}
   */
  default Map<String, TensorData> adapted(Map<String, TensorData> published, Settings settings) {
    return published;
  }

  /** Creates the layer; its parameters are frozen. Only what the levels need is built. */
  Layer create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built backbone. */
  @FunctionalInterface
  interface Layer {
    /**
     * Computes the features.
     *
     * @param images (N,3,H,W), normalized
     * @return the levels, fine to coarse: (N, C_k, H / s_k, W / s_k) for strides s_k
     */
    NDList forward(NDArray images, Pass pass);
  }
}
