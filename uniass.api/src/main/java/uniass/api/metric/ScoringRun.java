/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes scored images, in any order, and computes all metric values at the end. Not thread-safe.
 */
@ProviderType
public interface ScoringRun extends AutoCloseable {

  /**
   * Adds an image; its arrays are not kept.
   *
   * @throws uniass.api.UniassException naming the image if its map is not finite, map, mask and
   *     size do not fit, the mask is not binary, or the image was not announced or came before
   */
  void add(ScoredImage image);

  /**
   * Computes all metric values.
   *
   * @throws uniass.api.UniassException naming the first announced image that did not come
   */
  Scores result();

  /** Frees memory and scratch files. */
  @Override
  void close();
}
