/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;

/**
 * One named tensor of a network.
 *
 * @param name full name, which is also the key in checkpoints
 * @param value the tensor; it keeps its identity for the network's life, new values are copied in
 * @param trainable whether an optimizer updates it
 */
public record Parameter(String name, NDArray value, boolean trainable) {}
