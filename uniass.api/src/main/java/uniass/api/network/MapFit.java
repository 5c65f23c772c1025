/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.tensor.Pass;

/**
 * Fits a map filter to the maps of normal images that the network did not learn from. Parameters
 * change in {@link #finish} alone. Used by one thread.
 *
 * <pre>{@code
 * fit.know(images, categories);
 * network.anomalyMaps(images, fit.watching(categories));
 * fit.finish();
 * }</pre>
 */
@ConsumerType
public interface MapFit {

  /**
   * Takes normal images, so that the filter can tell categories apart: those whose maps it is
   * shown, and others, also of categories of which it is shown no map.
   *
   * @param images (N,3,H,W), normalized
   * @param categories of the images, one each
   */
  void know(NDArray images, List<String> categories);

  /**
   * Makes the pass to compute the maps of a batch with that it learns from; the filter sees them
   * before it filters them, as it did before this fit.
   *
   * @param categories of the images, one each
   */
  Pass watching(List<String> categories);

  /** Sets the parameters from all that it was shown. */
  void finish();
}
