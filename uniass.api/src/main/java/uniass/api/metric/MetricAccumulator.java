/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

/** Takes the scored images of one group, one by one. */
public interface MetricAccumulator extends AutoCloseable {

  /** Adds an image; its arrays must not be kept. */
  void add(ScoredImage image);

  /** Computes the value over all images added. */
  MetricValue result();

  /** Frees memory and scratch files. */
  @Override
  default void close() {}
}
