package uniass.api.network;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Settings;

/** One term of the reconstruction loss, summed over levels and terms, times the loss weight. */
@ConsumerType
public interface LossTerm extends NetworkPart {

  /**
   * Computes the term for one level.
   *
   * @param reconstruction (N,C,h,w)
   * @param target (N,C,h,w), no gradient
   * @return a scalar
   */
  NDArray compute(NDArray reconstruction, NDArray target, Settings settings);
}
