/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;

/** What a stand-in of {@link Recording} has besides a tensor's methods. */
interface Recorded extends NDArray {

  /** The tensor that it stands for. */
  NDArray recordedValue();

  /** What the recorder calls it. */
  Object recordedName();

  /** Who is told. */
  Recording.Recorder recorder();
}
