/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.Progress;

/**
 * Fits a network in one pass over images instead of by gradient. Parameters change in {@link
 * #finish} alone. Used by one thread; closing frees what was collected.
 */
@ConsumerType
public interface Fit extends AutoCloseable {

  /**
   * Takes the next images of the pass.
   *
   * @param images (N,3,H,W), normalized
   * @param categories one per image
   */
  void add(NDArray images, List<String> categories);

  /**
   * Sets the parameters from all images of the pass.
   *
   * @param progress follows it; what it throws ends the fit, and no parameter has changed
   */
  Fitted finish(Progress progress);

  @Override
  void close();

  /**
   * How a fit went.
   *
   * @param loss of the images of the pass
   * @param notes what the user should know, one line each
   */
  record Fitted(double loss, List<String> notes) {

    /** Copies the list. */
    public Fitted {
      notes = List.copyOf(notes);
    }
  }
}
