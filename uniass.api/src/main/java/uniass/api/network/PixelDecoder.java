package uniass.api.network;

import ai.djl.ndarray.NDList;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Merges the levels top-down into maps of D channels. */
@ConsumerType
public interface PixelDecoder extends NetworkPart {

  /** Creates a decoder. */
  Decoder create(ParameterScope scope, NetworkShape shape, Settings settings);

  /** The built decoder. */
  @FunctionalInterface
  interface Decoder {
    /**
     * Decodes.
     *
     * @param inputs the processed levels, fine to coarse: (N, C'_k, h_k, w_k)
     * @return coarse to fine: (N,D,h_k,w_k)
     */
    NDList forward(NDList inputs, Pass pass);
  }
}
