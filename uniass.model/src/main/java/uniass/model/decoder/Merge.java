/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Pass;

/** Merges a level with the coarser one. */
@FunctionalInterface
public interface Merge {

  /**
   * Merges.
   *
   * @param input the level (N,C,h,w)
   * @param coarser the decoded map (N,D,h',w') of the coarser level
   * @return the level's decoded map (N,D,h,w)
   */
  NDArray forward(NDArray input, NDArray coarser, Pass pass);
}
