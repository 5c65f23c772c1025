/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import org.osgi.annotation.versioning.ProviderType;

/** Delivers the batches of one epoch or one evaluation, decoded ahead by other threads. */
@ProviderType
public interface DataLoader extends AutoCloseable {

  /** Number of batches in total. */
  int batches();

  /**
   * Returns the next batch, or null after the last; waits until it is decoded.
   *
   * @throws uniass.api.UniassException naming an image that cannot be read, unless such images are
   *     left out
   */
  Batch next();

  /** Ends the threads, also before the last batch. */
  @Override
  void close();
}
