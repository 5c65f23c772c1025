/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Pass;

/** Attention with a residual and a norm around it, so that tokens (N,L,E) stay (N,L,E). */
public interface AttentionLayer {

  /**
   * Lets tokens attend to each other.
   *
   * @param x (N,L,E)
   * @param code (L,E) or (1,L,E), added to queries and keys, or null
   */
  NDArray self(NDArray x, NDArray code, Pass pass);

  /**
   * Lets tokens attend to others.
   *
   * @param x (N,L,E)
   * @param key (N,S,E)
   * @param value (N,S,E)
   * @param code (L,E) added to queries, or null
   */
  NDArray cross(NDArray x, NDArray key, NDArray value, NDArray code, Pass pass);
}
