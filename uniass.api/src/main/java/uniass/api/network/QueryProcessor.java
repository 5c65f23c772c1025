package uniass.api.network;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Makes the first queries of the decoder. */
@ConsumerType
public interface QueryProcessor extends NetworkPart {

  /**
   * Creates the processor.
   *
   * @param scope the predictor's scope
   * @param projector applied to the coarsest decoded map; a processor that ignores the sample must
   *     not create it
   * @param gatedCnn makes a gated CNN in a scope from input to output channels
   */
  Queries create(
      ParameterScope scope,
      NetworkShape shape,
      ProjectorFactory projector,
      GatedCnnFactory gatedCnn,
      Settings settings);

  /** Creates the chosen projector. */
  @FunctionalInterface
  interface ProjectorFactory {
    /** Creates it in a scope. */
    Layer create(ParameterScope scope);
  }

  /** Creates the chosen gated CNN. */
  @FunctionalInterface
  interface GatedCnnFactory {
    /** Creates it in a scope. */
    Layer create(ParameterScope scope, int inputChannels, int outputChannels);
  }

  /** The built processor. */
  @FunctionalInterface
  interface Queries {
    /**
     * Makes queries.
     *
     * @param coarsest the coarsest decoded map (N,D,h,w)
     * @return (N,L,D)
     */
    NDArray forward(NDArray coarsest, Pass pass);
  }
}
