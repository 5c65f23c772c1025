/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.tensor.Pass;

/**
 * Fits a map filter to the maps of normal images that the network did not learn from. Parameters
 * change in {@link #finish} alone. Used by one thread; closing frees what was collected.
 *
 * <pre>{@code
 * try (MapFit fit = fitting.begin()) {
 *   fit.add(images, categories);
 *   network.anomalyMaps(images, fit.watching(categories));
 *   fit.finish();
 * }
 * }</pre>
 */
@ConsumerType
public interface MapFit extends AutoCloseable {

  /**
   * Takes normal images, so that the filter can tell categories apart: those whose maps it is
   * shown, and others, also of categories of which it is shown no map.
   *
   * @param images (N,3,H,W), normalized
   * @param categories of the images, one each
   */
  void add(NDArray images, List<String> categories);

  /**
   * Makes the pass with which to compute the maps that it learns from. They are computed as before
   * this fit; the filter sees each before it changes it.
   *
   * @param categories of the images, one each
   */
  Pass watching(List<String> categories);

  /**
   * Sets the parameters from all that it was shown.
   *
   * @throws IllegalStateException if it was shown no map
   */
  void finish();

  @Override
  default void close() {}
}
